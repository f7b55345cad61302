/**
 * The rule for steps that wait for places: a step that waits races with the steps that have taken the places.
 *
 * No race of a run tells of a step that waits: when its turn comes, the step that freed its place happens before it, and the step that took
 * the place before that. So a waiting step is related to the steps before it as if it ran where it waits, and touched what its gate looks
 * at; each race that shows is reversed (Flanagan and Godefroid, 2005, relate the next step of every process in this way, disabled ones
 * too). Extends backtrack sets, and nothing else.
 */

import { conflict } from '../footprint.ts';
import type { StepPoint } from './choice-point.ts';
import type { WaitingStep } from './enabled-step.ts';
import { relateToEarlier } from './happens-before.ts';
import { addFirstEnabled, initialsBehind, isEnabledAt, isExploredFrom } from './initials.ts';

const NO_PREDECESSORS: ReadonlySet<number> = new Set();

/**
 * Relates the steps that wait behind step `j` to the steps up to it. Where step `j` has neither scheduled a waiting step nor touched
 * what its gate looks at, all races of that step have been found before.
 */
export function addWaiting(
  steps: readonly StepPoint[],
  j: number,
  waiting: readonly WaitingStep[],
  restsAfter: readonly number[],
): void {
  for (const { step, footprint } of waiting) {
    const last = steps[j] as StepPoint;
    if (step.scheduledBy !== last.chosen.key && !conflict(footprint, last.footprint)) continue;
    const asIfItRan = { chosen: step, footprint, predecessors: NO_PREDECESSORS };
    const { predecessors, races } = relateToEarlier([...steps.slice(0, j + 1), asIfItRan], j + 1, restsAfter);
    for (const i of races) addInitialOfWaiting(steps, { i, j, key: step.key, predecessors });
  }
}

interface WaitingRace {
  /** The place of the step with which the waiting one races. */
  readonly i: number;
  /** The place of the step behind which it waits. */
  readonly j: number;
  /** The key of the waiting step. */
  readonly key: number;
  readonly predecessors: ReadonlySet<number>;
}

/**
 * The waiting step is to come once before step `i`: behind those steps that happen before it and not after `i`. An initial of these joins
 * the backtrack set of the point of `i`, unless an initial of all that does not happen after `i` is in it. If there are none, the waiting
 * step itself joins it; and if it waited at that point, too, step `i` did not take its place, so there is nothing to reverse.
 */
function addInitialOfWaiting(steps: readonly StepPoint[], { i, j, key, predecessors }: WaitingRace): void {
  const point = steps[i] as StepPoint;
  const initials = initialsBehind(steps, i, j);
  if (initials.some((place) => isExploredFrom(point, steps[place] as StepPoint))) return;
  const needed = initials.filter((place) => predecessors.has(place));
  if (needed.length > 0) {
    addFirstEnabled(
      point,
      needed.map((place) => (steps[place] as StepPoint).chosen.key),
    );
  } else if (isEnabledAt(point, key)) point.backtrackSet.add(key);
}

/**
 * Whether step `j` waited where step `i` ran, and no step between them must come before it: then step `i` has made a place for it, and no
 * run has the two the other way round.
 */
export function hasMadePlace(point: StepPoint, steps: readonly StepPoint[], i: number, j: number): boolean {
  const { chosen, predecessors } = steps[j] as StepPoint;
  if (!point.waiting.some(({ step }) => step.key === chosen.key)) return false;
  for (let k = i + 1; k < j; k += 1) {
    if (predecessors.has(k) && steps[k]?.predecessors.has(i) === false) return false;
  }
  return true;
}
