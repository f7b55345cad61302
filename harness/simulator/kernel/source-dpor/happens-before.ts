/**
 * The happens-before relation of a run, and its races.
 *
 * An earlier step happens before a later one for one of four reasons: their footprints conflict; they are of one lane; the
 * earlier one scheduled the later one; or the run came to rest between them. The relation is transitive. All runs with the same
 * steps and the same relation are one equivalence class (a Mazurkiewicz trace), and the linear extensions of the relation are
 * the interleavings in that class. Two steps race if they conflict and nothing else orders them, neither a lane, nor who
 * scheduled whom, nor steps between them: only such a pair can be reversed. (Abdulla, Aronis, Jonsson and Sagonas, Source Sets:
 * A Foundation for Optimal Dynamic Partial Order Reduction, 2017.) Computes, and chooses nothing.
 */

import { invariant } from '../bug.ts';
import { conflict, type StepFootprint } from '../footprint.ts';
import type { EnabledStep } from './enabled-step.ts';

/** For each step of a run, by its place: the places of the steps that happen before it. Transitively closed. */
export type HappensBefore = readonly ReadonlySet<number>[];

/** What must be known of a step to relate it to the steps before and after it. */
export interface OrderedStep {
  readonly chosen: Pick<EnabledStep, 'key' | 'scheduledBy' | 'lane'>;
  readonly footprint: StepFootprint;
  readonly predecessors: ReadonlySet<number>;
}

/** How a step is related to the steps before it, each by its place. */
export interface StepRelations {
  /** The steps that happen before it. */
  readonly predecessors: ReadonlySet<number>;
  /** The steps that race with it, the last one first. */
  readonly races: readonly number[];
}

/**
 * Relates step `j` to all steps before it. The predecessors of those must be known.
 *
 * @param restsAfter After how many steps the run came to rest, each time. All steps before a rest happen before all behind it.
 */
export function relateToEarlier(
  steps: readonly OrderedStep[],
  j: number,
  restsAfter: readonly number[],
): StepRelations {
  const step = steps[j] as OrderedStep;
  const rest = restsAfter.findLast((atRest) => atRest <= j) ?? 0;
  const predecessors = new Set<number>();
  const races: number[] = [];
  for (let i = j - 1; i >= rest; i -= 1) {
    const other = steps[i] as OrderedStep;
    if (predecessors.has(i)) continue;
    const shareLane = other.chosen.lane === step.chosen.lane;
    if (shareLane) holdOrderOfLane(steps, i, j);
    const keepOrder = shareLane || other.chosen.key === step.chosen.scheduledBy;
    if (!keepOrder && !conflict(other.footprint, step.footprint)) continue;
    for (const k of other.predecessors) predecessors.add(k);
    predecessors.add(i);
    if (!keepOrder) races.push(i);
  }
  for (let i = 0; i < rest; i += 1) predecessors.add(i);
  return { predecessors, races };
}

/**
 * Steps of one lane come in the order in which they were scheduled. If the steps that scheduled them commuted, so could they
 * come in either order, and the exploration, which reverses no pair of one lane, would lose one of the two. Then the footprints
 * of the two schedulers hide what they have in common, which is a bug of ours.
 */
function holdOrderOfLane(steps: readonly OrderedStep[], i: number, j: number): void {
  const schedulerOf = (at: number): number =>
    steps.findIndex(({ chosen }) => chosen.key === steps[at]?.chosen.scheduledBy);
  const [first, second] = [schedulerOf(i), schedulerOf(j)];
  const areOrdered =
    Math.min(first, second) < 0 ||
    first === second ||
    i === second ||
    steps[second]?.predecessors.has(i) ||
    steps[second]?.predecessors.has(first) ||
    steps[first]?.predecessors.has(second);
  invariant(
    areOrdered,
    `the schedulers of two steps of the lane «${steps[j]?.chosen.lane}» seem to have nothing in common`,
  );
}
