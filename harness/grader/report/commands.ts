/**
 * The commands and addresses that reports print.
 *
 * `npx --no` never downloads: outside the clone it refuses, as it should. The pages have the addresses that `npm start` serves.
 */

import type { TargetName } from '../result.ts';

/** Where `npm start` serves the pages, unless its port is taken. */
export const SITE_ORIGIN = 'http://127.0.0.1:4321';

export function replayCommand(token: string): string {
  return `npx --no raceproof replay ${token}`;
}

export function hintCommand(lab: string): string {
  return `npx --no raceproof hint ${lab}`;
}

export function testCommand(lab: string, target: TargetName = 'simulator'): string {
  return `npm test -w labs/${lab}${target === 'simulator' ? '' : ` -- --target ${target}`}`;
}

export function freshCommand(lab: string): string {
  return `npm test -w labs/${lab} -- --fresh`;
}

/** The lab's page with this trace in its player. `origin`: where the pages are served. */
export function traceAddress(lab: string, token: string, origin: string = SITE_ORIGIN): string {
  return `${origin}/labs/${lab}/?trace=${token}`;
}
