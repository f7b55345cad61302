/**
 * Decides a learner's next step by the latest result: one check, of the first task that is not done.
 *
 * `learn` and `hint` both use this decision. A check that failed comes before a check that could not be judged, because it has
 * a schedule to show.
 */

import type { CheckResult, LabResult } from '../result.ts';

/** The check to work on; undefined if all hold. */
export function nextStep({ checks }: Pick<LabResult, 'checks'>): CheckResult | undefined {
  const open = checks.filter(({ status }) => status === 'fail' || status === 'error');
  const task = Math.min(...open.map((check) => check.task));
  const ofTask = open.filter((check) => check.task === task);
  return ofTask.find(({ status }) => status === 'fail') ?? ofTask[0];
}

/** The number of these checks that hold. */
export function held(checks: readonly Pick<CheckResult, 'status'>[]): number {
  return checks.filter(({ status }) => status === 'pass').length;
}
