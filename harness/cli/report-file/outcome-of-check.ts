/**
 * What formats of test reports need to know of a check: one of their few statuses, and the reason in a few lines.
 *
 * They have no word for «not put to the test», so it is «skipped» there, with the reason.
 */

import { replayCommand } from '../../grader/report/commands.ts';
import { placeOfCheck } from '../../grader/report/full-check.ts';
import { judgement } from '../../grader/report/judgement.ts';
import { harmless } from '../../grader/report/page.ts';
import type { CheckResult } from '../../grader/result.ts';

export interface ReportedCheck {
  readonly status: 'passed' | 'failed' | 'error' | 'skipped';
  /** One sentence: what went wrong, or what was done to see that it holds. */
  readonly message: string;
  /** Why, where and how to replay it, one below the other; empty if nothing more is known. */
  readonly details: string;
}

const STATUSES: Readonly<Record<CheckResult['status'], ReportedCheck['status']>> = {
  pass: 'passed',
  fail: 'failed',
  error: 'error',
  skipped: 'skipped',
  'not-provoked': 'skipped',
  'not-judged': 'skipped',
};

/** The check as a test. */
export function reportedCheck(check: CheckResult): ReportedCheck {
  const { counterexample, message } = check;
  const said = counterexample?.headline ?? message ?? '';
  const at = placeOfCheck(check);
  const details = [
    ...(counterexample === undefined ? [] : [counterexample.shortest, ...counterexample.because]),
    ...(at === undefined ? [] : [`${at.file}:${at.line}${at.text === undefined ? '' : `  ${at.text.trim()}`}`]),
    ...(counterexample === undefined ? [] : [replayCommand(counterexample.token)]),
  ];
  return {
    status: STATUSES[check.status],
    message: harmless(said === '' ? judgement(check).phrase : said),
    details: harmless(details.join('\n')),
  };
}
