/**
 * The ways to explore a scenario, each with its numbers and the reason for them.
 *
 * A scenario says which of them it wants and changes a number only if it has a reason of its own. How schedules are found is the
 * grader's business.
 */

import type { ExplorationPlan } from '../lab.ts';

/**
 * Proving 30,000 schedules of a queue and its handlers takes twenty seconds on one core (bench/README.md: 34,595 in 21 s). A
 * learner waits no longer than that for a verdict that is not a proof anyway.
 */
const MOST_SCHEDULES = 30_000;

/** A learner who has already waited for those waits two or three seconds more for a thousand samples. */
const SAMPLES = 1_000;

/** Any seed is as good as another; a stated one gives every machine the same samples. */
const SEED = 42;

/** One run at the size of the story has thousands of steps: ten of that Saturday of `dedupe` take some four seconds of a processor. */
const LARGE_SAMPLES = 10;

/** A deadline that one run in ten misses is seen to be missed with twenty seeds in seven cases of eight. */
const TIMED_SEEDS = 20;

export interface ExhaustiveNumbers {
  /** Beyond this number the verdict is sampled instead, and says so. */
  readonly maxSchedules?: number;
  /** How many schedules are sampled then. */
  readonly samples?: number;
}

/** Every schedule is tried: for a scenario with sizes so small that this ends. What holds then is proved. */
export function exhaustive({
  maxSchedules = MOST_SCHEDULES,
  samples = SAMPLES,
}: ExhaustiveNumbers = {}): ExplorationPlan {
  return { mode: 'exhaustive', maxSchedules, sampleInstead: { schedules: samples, seed: SEED } };
}

/** Some schedules are tried, always the same: for a scenario at the size of the story. The verdict says how many they were. */
export function sampled({ schedules = LARGE_SAMPLES }: { readonly schedules?: number } = {}): ExplorationPlan {
  return { mode: 'sampled', schedules, seed: SEED };
}

/** One run by the clock per seed, under the latency model and without faults: for checks of kind `timed`, and no others. */
export function timed({ seeds = TIMED_SEEDS }: { readonly seeds?: number } = {}): ExplorationPlan {
  return { mode: 'timed', seeds: Array.from({ length: seeds }, (_, index) => index + 1) };
}
