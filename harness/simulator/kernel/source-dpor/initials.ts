/**
 * Initials: the steps with which a sequence of steps can begin. Of the steps behind a point, those before which no other step of the sequence
 * happens (Abdulla, Aronis, Jonsson and Sagonas, Source Sets, 2017).
 *
 * The rules in `backtrack-set.ts` and `waiting-rule.ts` say which sequence has to be explored; this adds an initial of it.
 */

import { includesBranch } from './branches.ts';
import type { StepPoint } from './choice-point.ts';

/** The places of the initials among the steps behind `i`, up to `j`, that do not happen after `i`. Step `last` belongs to them in any case. */
export function initialsBehind(steps: readonly StepPoint[], i: number, j: number, last?: number): readonly number[] {
  const initials: number[] = [];
  const sequence: number[] = [];
  for (let k = i + 1; k <= j; k += 1) {
    const { predecessors } = steps[k] as StepPoint;
    if (k !== last && predecessors.has(i)) continue;
    if (!sequence.some((earlier) => predecessors.has(earlier))) initials.push(k);
    sequence.push(k);
  }
  return initials;
}

/** Whether this step will be explored from the point, or its branch sleeps there: then it leads into classes that have been visited. */
export function isExploredFrom(point: StepPoint, { chosen, answers }: StepPoint): boolean {
  return point.backtrackSet.has(chosen.key) || includesBranch(point.sleepSet.get(chosen.key), answers);
}

export function isEnabledAt({ enabled }: StepPoint, key: number): boolean {
  return enabled.some((step) => step.key === key);
}

/** Adds the first of these steps that is enabled at the point to its backtrack set; if none is, everything that is. */
export function addFirstEnabled(point: StepPoint, keys: readonly number[]): void {
  const first = keys.find((key) => isEnabledAt(point, key));
  if (first !== undefined) point.backtrackSet.add(first);
  else for (const { key } of point.enabled) point.backtrackSet.add(key);
}
