/**
 * What a learner does next, by the latest result: one check, of the first task that is not done.
 *
 * The one place that decides it, for `learn` and `hint`. A check that failed comes before one that could not be judged: it has
 * a schedule to show.
 */

import type { CheckResult, LabResult } from '../../grader/result.ts';

/** The check to work on, or undefined if all hold. */
export function nextStep({ checks }: Pick<LabResult, 'checks'>): CheckResult | undefined {
  const open = checks.filter(({ status }) => status === 'fail' || status === 'error');
  const task = Math.min(...open.map((check) => check.task));
  const ofTask = open.filter((check) => check.task === task);
  return ofTask.find(({ status }) => status === 'fail') ?? ofTask[0];
}

/** How many of these checks hold. */
export function held(checks: readonly Pick<CheckResult, 'status'>[]): number {
  return checks.filter(({ status }) => status === 'pass').length;
}
