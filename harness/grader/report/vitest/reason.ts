/**
 * Why a check did not pass, as the message of a test.
 *
 * Pure; separate from the tests themselves so that it can be tested.
 */

import type { CheckResult } from '../../result.ts';
import { replayCommand } from '../commands.ts';
import { harmless } from '../page.ts';
import { place } from '../terminal.ts';

/** Headline, reasons, line and replay command, one below the other. */
export function reasonOf(check: CheckResult): string {
  const { counterexample, message } = check;
  if (counterexample === undefined) return harmless(message ?? 'No reason was given.');
  const { headline, because, frame, token } = counterexample;
  const lines = [
    headline,
    ...because,
    ...(frame === undefined ? [] : [place(frame, 100)]),
    `replay: ${replayCommand(token)}`,
  ];
  return harmless(lines.join('\n'));
}
