/**
 * The paths of CloudFormation's steps: each stack is one, and which stacks there are is another.
 */

import type { Footprint } from '../../contract/footprint.ts';

/** Every stack. */
export const EVERY_STACK = 'cloudformation/stacks/*';

/** A stack by its name: one that was deleted and the next one of the name share it. */
export function stackPath(name: string): string {
  return `cloudformation/stacks/${name}`;
}

export function readsStack(name: string): Footprint {
  return { reads: [stackPath(name)], writes: [] };
}

export function writesStack(name: string): Footprint {
  return { reads: [], writes: [stackPath(name)] };
}
