/**
 * Adds up checks: the points of all of them, and what each task comes to.
 *
 * It reads statuses and points and changes none. Which points are earned is decided in points.ts.
 */

import type { Lab } from '../../course/lab.ts';
import type { CheckResult, LabResult, TaskTotals } from '../result.ts';

/** The points of these checks. */
export function pointsOf(checks: readonly Pick<CheckResult, 'points' | 'maxPoints'>[]): LabResult['score'] {
  return {
    earned: checks.reduce((sum, { points }) => sum + points, 0),
    max: checks.reduce((sum, { maxPoints }) => sum + maxPoints, 0),
  };
}

/** The totals of each task that has a check among these. A first look at one task says nothing of the others. */
export function totalsOfTasks({ tasks }: Pick<Lab, 'tasks'>, checks: readonly CheckResult[]): readonly TaskTotals[] {
  return tasks.flatMap(({ number, title }) => {
    const own = checks.filter(({ task }) => task === number);
    if (own.length === 0) return [];
    const passed = own.filter(({ status }) => status === 'pass').length;
    const failed = own.filter(({ status }) => status === 'fail').length;
    return {
      task: number,
      title,
      holds: passed === own.length,
      checks: { passed, failed, other: own.length - passed - failed },
      score: pointsOf(own),
    };
  });
}
