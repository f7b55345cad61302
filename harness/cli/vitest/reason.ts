/**
 * Why a check did not pass, as the message of a test.
 *
 * Pure. Separate from the tests themselves so that it can be tested.
 */

import { replayCommand } from '../../grader/report/commands.ts';
import { place } from '../../grader/report/full-check.ts';
import { harmless } from '../../grader/report/page.ts';

import type { CheckResult } from '../../grader/result.ts';

/** The headline, the line to look at and the replay command. The report above says why and how. */
export function reasonOf(check: CheckResult): string {
  const { counterexample, message } = check;
  if (counterexample === undefined) return harmless(message ?? 'No reason was given.');
  const { headline, frame, token } = counterexample;
  const at = frame === undefined ? [] : [place(frame, 100)];
  return harmless([headline, ...at, replayCommand(token)].join('\n'));
}
