/**
 * How long something takes in a timed run: a range in whole milliseconds, from which the run's choices draw a value.
 *
 * A service states how long its calls and its own waits take, with the source of each figure. Where AWS publishes none, the
 * figure is our policy and says so. No check compares with a figure. In exploration calls take no time, and nothing is drawn.
 */

/** A range in whole milliseconds. Both ends are possible, and all values are equally likely. */
export interface WaitMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The version of all services' figures. Every timed verdict names it. */
export const LATENCY_MODEL = 'latency model of November 2026';
