/**
 * Looks through one run for pairs of steps that could have come the other way round, and wants the other way tried.
 *
 * Two steps race if they conflict and nothing between them says in which order they come; steps of one lane never do. A step
 * also stands against whatever it took the possibility from. Changes only what the points of the run want.
 */

import { invariant } from '../bug.ts';
import { conflict, type StepFootprint } from '../footprint.ts';
import { includes } from './branches.ts';
import type { Candidate, StepPoint } from './choice-point.ts';

export interface RunSteps {
  readonly steps: readonly StepPoint[];
  /** After how many steps all had come to rest, each time. Nothing from behind such a point can come before it. */
  readonly restsAfter: readonly number[];
  readonly atEnd: readonly Candidate[];
}

/** Wants every reversal that this run calls for. Steps before `firstNew` were looked at in an earlier run. */
export function wantReversals(run: RunSteps, firstNew: number): void {
  wantTheDisabled(run, firstNew);
  const { steps, restsAfter } = run;
  for (let j = Math.max(0, firstNew); j < steps.length; j += 1) {
    const step = steps[j] as StepPoint;
    const { after, races } = reasonsFor(steps, j, restsAfter);
    step.after = after;
    for (const i of races) wantReversal(steps, i, j);
    wantTheWaking(steps, j);
  }
}

/**
 * A step may touch other things once another one has come before it: then two that had nothing in common with each other
 * decide together what a third one does. If a step slept until step i woke it, and step j would have woken it too, then j
 * should once come first and find it asleep; no race of this run says so, since it may touch something else by now.
 */
function wantTheWaking(steps: readonly StepPoint[], j: number): void {
  const step = steps[j] as StepPoint;
  for (let i = 0; i < j; i += 1) {
    const node = steps[i] as StepPoint;
    if (node.asleep.size === 0 || step.after.has(i)) continue;
    for (const [key, ways] of node.asleep) {
      if (key === step.chosen.key) continue;
      const isWokenByBoth = ways.some(
        ({ touched }) => conflict(touched, node.touched) && conflict(touched, step.touched),
      );
      if (!isWokenByBoth) continue;
      wantReversal(steps, i, j);
      break;
    }
  }
}

/** What is needed to say which steps of a run come before which for a reason. */
export interface OrderedStep {
  readonly chosen: Pick<Candidate, 'key' | 'madeBy' | 'lane'>;
  readonly touched: StepFootprint;
  readonly after: ReadonlySet<number>;
}

/** What comes before step j for a reason, if that is known of the steps before it; and which of them race with it. */
export function reasonsFor(
  steps: readonly OrderedStep[],
  j: number,
  restsAfter: readonly number[],
): { readonly after: ReadonlySet<number>; readonly races: readonly number[] } {
  const step = steps[j] as OrderedStep;
  const rest = restsAfter.findLast((atRest) => atRest <= j) ?? 0;
  const after = new Set<number>();
  const races: number[] = [];
  for (let i = j - 1; i >= rest; i -= 1) {
    const other = steps[i] as OrderedStep;
    if (after.has(i)) continue;
    const shareLane = other.chosen.lane === step.chosen.lane;
    if (shareLane) holdOrderOfLane(steps, i, j);
    const keepsOrder = shareLane || other.chosen.key === step.chosen.madeBy;
    if (!keepsOrder && !conflict(other.touched, step.touched)) continue;
    for (const k of other.after) after.add(k);
    after.add(i);
    if (!keepsOrder) races.push(i);
  }
  for (let i = 0; i < rest; i += 1) after.add(i);
  return { after, races };
}

/**
 * Steps of one lane come in the order in which they were put on the agenda. If their makers could change places unnoticed, so
 * could they, and an order would be lost: then the makers' footprints hide what they have in common.
 */
function holdOrderOfLane(steps: readonly OrderedStep[], i: number, j: number): void {
  const makerOf = (at: number): number => steps.findIndex(({ chosen }) => chosen.key === steps[at]?.chosen.madeBy);
  const [first, second] = [makerOf(i), makerOf(j)];
  const areOrdered =
    Math.min(first, second) < 0 ||
    first === second ||
    i === second ||
    steps[second]?.after.has(i) ||
    steps[second]?.after.has(first) ||
    steps[first]?.after.has(second);
  invariant(
    areOrdered,
    `the makers of two steps of the lane «${steps[j]?.chosen.lane}» seem to have nothing in common`,
  );
}

/** Whatever a step took the possibility from has to be tried in its place. */
function wantTheDisabled({ steps, atEnd, restsAfter }: RunSteps, firstNew: number): void {
  for (const [n, node] of steps.entries()) {
    if (n < firstNew - 1) continue;
    const after = restsAfter.includes(n + 1) ? [] : (steps[n + 1]?.enabled ?? atEnd);
    for (const { key } of node.enabled) {
      if (key !== node.chosen.key && !after.some((candidate) => candidate.key === key)) node.wanted.add(key);
    }
  }
}

/** Step j should once come before step i: of all that must come before it for that, something has to go first at i. */
function wantReversal(steps: readonly StepPoint[], i: number, j: number): void {
  const node = steps[i] as StepPoint;
  const last = steps[j] as StepPoint;
  const isPossible = (key: number): boolean => node.enabled.some((candidate) => candidate.key === key);
  if (last.chosen.lastResort && !isPossible(last.chosen.key)) return;
  const initials: StepPoint[] = [];
  const free: number[] = [];
  for (let k = i + 1; k <= j; k += 1) {
    const step = steps[k] as StepPoint;
    if (k < j && step.after.has(i)) continue;
    if (!free.some((other) => step.after.has(other))) initials.push(step);
    free.push(k);
  }
  if (
    initials.some(
      ({ chosen, answers }) => node.wanted.has(chosen.key) || includes(node.asleep.get(chosen.key), answers),
    )
  )
    return;
  const possible = initials.map(({ chosen }) => chosen.key).find(isPossible);
  if (possible !== undefined) node.wanted.add(possible);
  else for (const { key } of node.enabled) node.wanted.add(key);
}
