/**
 * A job: a part of an exploration, as plain data that can be sent to another process. What its words mean is decided by
 * `reduction.ts`, which explores it; `divide.ts` makes jobs.
 */

import type { Way } from './branches.ts';
import type { EventName } from './event-identity.ts';

/** All schedules that begin alike, without those that another job visits. */
export interface Job {
  /** What is chosen at each point from the first on: a place among the possible steps, or an option of a question. */
  readonly begins: readonly number[];
  /** What another job has tried instead, and nothing has happened since that would make it new. */
  readonly asleep: readonly SleepingStep[];
  /** Nothing is left to choose: the job is one run. */
  readonly ends: boolean;
}

export interface SleepingStep {
  readonly step: EventName;
  readonly ways: readonly Way[];
}

/** The exploration that is not divided. */
export const WHOLE: Job = { begins: [], asleep: [], ends: false };
