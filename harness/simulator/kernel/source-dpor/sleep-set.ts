/**
 * Sleep sets (Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996).
 *
 * A branch that sleeps at a point was explored from an earlier point, and every step since then commutes with it: running it
 * now would lead into an equivalence class that has been visited. Here the branches of a step sleep one by one; a step of
 * which all branches sleep need not run at all. A run in which everything that is enabled sleeps is sleep-set blocked.
 */

import { conflict, type StepFootprint } from '../footprint.ts';
import type { Branch } from './branches.ts';

/** The branches that sleep at a point, by the keys of their steps. */
export type SleepSet = ReadonlyMap<number, readonly Branch[]>;

export const EMPTY_SLEEP_SET: SleepSet = new Map();

/**
 * The sleep set behind a step: what slept before it, and what was explored in its place, as far as it commutes with the step.
 *
 * @param before The sleep set at the step's point, and the branches explored from there.
 * @param step The key of the step that ran.
 * @param footprint What it looked at and changed.
 */
export function sleepSetAfter(before: readonly SleepSet[], step: number, footprint: StepFootprint): SleepSet {
  const sleepSet = new Map<number, readonly Branch[]>();
  for (const sleeping of before) {
    for (const [key, branches] of sleeping) {
      if (key === step) continue;
      const still = branches.filter((branch) => !conflict(branch.footprint, footprint));
      if (still.length > 0) sleepSet.set(key, [...(sleepSet.get(key) ?? []), ...still]);
    }
  }
  return sleepSet;
}
