/**
 * A job: one part of an exploration, as plain data that can be sent to another process.
 *
 * A job is a prefix of choices and the sleep set behind it. `divide.ts` makes jobs, `source-dpor.ts` explores one; this file
 * says what a job is and translates its sleep set, whose keys mean something only within one exploration.
 */

import { type Branch, branchAsData } from './branches.ts';
import type { EventIdentities, EventLineage } from './event-identity.ts';
import type { SleepSet } from './sleep-set.ts';

/** All schedules with one prefix, except those that another job visits. */
export interface ExplorationJob {
  /** What is chosen at each point from the first on: an index among the enabled steps, or an option of a question. */
  readonly prefix: readonly number[];
  /** What another job explores in its place, as long as every step since then commutes with it. */
  readonly sleepSet: readonly SleepingStep[];
  /** Nothing is left to choose behind the prefix: the job is one run. */
  readonly isOneRun: boolean;
}

export interface SleepingStep {
  readonly step: EventLineage;
  readonly branches: readonly Branch[];
}

/** The exploration that is not divided. */
export const WHOLE: ExplorationJob = { prefix: [], sleepSet: [], isOneRun: false };

/** The sleep set behind the job's prefix. */
export function sleepSetOf(job: ExplorationJob, identities: EventIdentities): SleepSet {
  return new Map(job.sleepSet.map(({ step, branches }) => [identities.keyWith(step), branches]));
}

/** A sleep set as a job carries it. */
export function sleepSetAsData(sleepSet: SleepSet, identities: EventIdentities): readonly SleepingStep[] {
  return [...sleepSet].map(([key, branches]) => ({
    step: identities.lineageOf(key),
    branches: branches.map(branchAsData),
  }));
}
