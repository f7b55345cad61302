/**
 * How long something takes in a timed run: a range in whole milliseconds, drawn through the run's choices.
 *
 * A service says how long its calls and its own waits take, with the source of each figure. Where AWS publishes none, the figure is
 * a policy of ours and is named as such. No check compares with a figure. In exploration calls take no time, and nothing is drawn.
 */

/** From the shortest to the longest, both possible, all in between equally likely. Whole milliseconds. */
export interface WaitMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Told with every timed verdict: the figures of all services, as they are in this version of the simulator. */
export const LATENCY_MODEL = 'latency model of November 2026';
