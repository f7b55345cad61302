/**
 * What a page says of one task of a result, in one sentence.
 *
 * The terminal's words about checks are used as they are. Nothing here makes nodes.
 */

import { sayChecksOfTask } from '../../../harness/grader/report/by-task.ts';
import type { CheckResult, LabResult, TaskTotals } from '../../../harness/grader/result.ts';
import { count, thousands } from '../../../harness/words/phrases.ts';

/** «✓ Task 1 holds: all 17 checks hold. 15 of 15 points.» */
export function sayTask(result: LabResult, task: number): string {
  if (result.outcome === 'harness-error') return '! An error of ours. There is nothing to change in your code.';
  const totals = totalsOf(result, task);
  if (totals === undefined) return '! It could not be graded.';
  const points = `${thousands(totals.score.earned)} of ${count(totals.score.max, 'point')}.`;
  const checks = sayChecksOfTask(totals, checksOf(result, task));
  if (totals.holds) return `✓ Task ${task} holds: ${checks}. ${points}`;
  if (totals.checks.failed > 0) return `✗ Task ${task} does not hold yet: ${checks}. ${points}`;
  const { message } = result;
  return message === undefined ? `○ Task ${task} is open: ${checks}.` : '! Your code could not be judged.';
}

/** The totals of a task; undefined if none of its checks were planned. */
export function totalsOf(result: LabResult, task: number): TaskTotals | undefined {
  return result.tasks.find((totals) => totals.task === task);
}

/** The checks of a task, in the lab's order. */
export function checksOf({ checks }: LabResult, task: number): readonly CheckResult[] {
  return checks.filter((check) => check.task === task);
}

/** Whether every task of the lab holds. */
export function holdsInAll({ tasks }: LabResult): boolean {
  return tasks.length > 0 && tasks.every(({ holds }) => holds);
}
