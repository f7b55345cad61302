/**
 * Which points are earned: work is, and what held before any work is not.
 *
 * A check that the starter passes guards what is there. Handlers that do nothing pass it, too, so its points count once a check that
 * the starter fails holds in the same task. A check that holds where nothing endangers it is worth nothing at all. Nothing is judged here.
 */

import type { Check, Lab } from '../../course/lab.ts';
import type { CheckResult } from '../result.ts';

/** The ids of the checks that a lab says its starter passes. */
export function guardsOf({ checks, templateChecks = [] }: Pick<Lab, 'checks' | 'templateChecks'>): ReadonlySet<string> {
  return new Set([...checks, ...templateChecks].filter(({ guard }) => guard === true).map(({ id }) => id));
}

/** The same results, with no points for what was passed without any work of its task. */
export function withEarnedPoints(
  lab: Pick<Lab, 'checks' | 'templateChecks'>,
  results: readonly CheckResult[],
): readonly CheckResult[] {
  const guards = guardsOf(lab);
  const isWork = ({ id, points }: CheckResult): boolean => points > 0 && !guards.has(id);
  const worked = new Set(results.filter(isWork).map(({ task }) => task));
  return results.map((result) => {
    if (result.points === 0 || !guards.has(result.id) || worked.has(result.task)) return result;
    return { ...result, points: 0, unearned: true };
  });
}

/** Why a check that holds is no pass: its danger «can't be seen here», «was seen in no order». */
export function nothingPutToTheTest(danger: Check, why: string): string {
  return `It held, but what endangers it (${danger.title}) ${why}: nothing was put to the test.`;
}
