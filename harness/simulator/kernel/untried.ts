/**
 * What is still to be tried at a point of the run. Reads what is wanted, tried and asleep there; only the reduction moves on.
 */

import type { Candidate, StepPoint } from './points.ts';
import { areAll, isKnown } from './ways.ts';

/** The next step that must be tried. */
export function untried({ enabled, wanted, tried, asleep }: StepPoint): Candidate | undefined {
  return enabled.find(({ key }) => wanted.has(key) && !tried.has(key) && !areAll(asleep.get(key)));
}

/** The step slept after all: where all that is wanted does, another one has to be tried. */
export function wantInstead({ enabled, wanted, tried, asleep }: StepPoint): void {
  const slept = (key: number): boolean => {
    const ways = tried.get(key);
    return ways?.every(({ answers }) => isKnown(asleep.get(key), answers)) === true;
  };
  if (![...wanted].every(slept)) return;
  const other = enabled.find(({ key }) => !wanted.has(key) && !areAll(asleep.get(key)));
  if (other !== undefined) wanted.add(other.key);
}
