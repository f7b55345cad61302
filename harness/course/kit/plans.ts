/**
 * The ways to explore a scenario, each with its numbers and the reason for them.
 *
 * A scenario selects one of them, and changes a number only for a reason of its own. The grader decides how schedules are
 * found.
 */

import type { ExplorationPlan } from '../lab.ts';

/**
 * Proving 30,000 schedules of a queue and its handlers takes twenty seconds on one core (bench/README.md: 34,595 in 21 s). A
 * learner should not wait longer for a verdict that is not a proof anyway.
 */
const MOST_SCHEDULES = 30_000;

/**
 * Steps of short runs. Of today's scenarios, the largest proof is a fifth of it (`debit-twice` of `dedupe`). On one core it is five to ten
 * seconds, so a handler that breaks three scenarios at once still gets its verdict within half a minute.
 */
const MOST_WORK = 200_000;

/** After that wait, a thousand samples take two or three seconds more. */
const SAMPLES = 1_000;

/** Any seed would do; a stated one gives every machine the same samples. */
const SEED = 42;

/**
 * One run at the size of the story has thousands of steps: ten runs of the Saturday of `dedupe` take about four seconds of CPU
 * time.
 */
const LARGE_SAMPLES = 10;

/** If one run in ten misses a deadline, twenty seeds show that in seven cases of eight. */
const TIMED_SEEDS = 20;

export interface ExhaustiveNumbers {
  /** If there are more kinds of schedules than this, the verdict is sampled instead, and says so. */
  readonly maxSchedules?: number;
  /** If trying every kind is more work than this, the verdict is sampled, too. */
  readonly maxWork?: number;
  /** How many schedules are sampled in that case. */
  readonly samples?: number;
}

/** Every schedule is tried: for a scenario with small enough sizes. A check that holds then is proved. */
export function exhaustive({
  maxSchedules = MOST_SCHEDULES,
  maxWork = MOST_WORK,
  samples = SAMPLES,
}: ExhaustiveNumbers = {}): ExplorationPlan {
  return { mode: 'exhaustive', maxSchedules, maxWork, sampleInstead: { schedules: samples, seed: SEED } };
}

/** Some schedules are tried, always the same ones: for a scenario at the size of the story. The verdict gives their number. */
export function sampled({ schedules = LARGE_SAMPLES }: { readonly schedules?: number } = {}): ExplorationPlan {
  return { mode: 'sampled', schedules, seed: SEED };
}

/** One run for each seed, under the latency model and without faults: only for checks of kind `timed`. */
export function timed({ seeds = TIMED_SEEDS }: { readonly seeds?: number } = {}): ExplorationPlan {
  return { mode: 'timed', seeds: Array.from({ length: seeds }, (_, index) => index + 1) };
}
