/**
 * Sets of a run's steps, by their places from 0, small enough to be compared and counted in great numbers.
 *
 * Two numbers of 31 bits hold one. A longer run has too many orders to look through anyway.
 */

const BITS = 31;

/** A set holds the places below this one. */
export const MOST_STEPS = 2 * BITS;

export interface StepSet {
  readonly low: number;
  readonly high: number;
}

export const NO_STEPS: StepSet = { low: 0, high: 0 };

export function has({ low, high }: StepSet, place: number): boolean {
  return place < BITS ? (low & (1 << place)) !== 0 : (high & (1 << (place - BITS))) !== 0;
}

export function withStep({ low, high }: StepSet, place: number): StepSet {
  return place < BITS ? { low: low | (1 << place), high } : { low, high: high | (1 << (place - BITS)) };
}

export function setOf(places: Iterable<number>): StepSet {
  let set = NO_STEPS;
  for (const place of places) set = withStep(set, place);
  return set;
}

/** The steps before this place. */
export function upTo(place: number): StepSet {
  return setOf(Array.from({ length: place }, (_, before) => before));
}

export function covers(set: StepSet, other: StepSet): boolean {
  return (other.low & ~set.low) === 0 && (other.high & ~set.high) === 0;
}

export function isSame(set: StepSet, other: StepSet): boolean {
  return set.low === other.low && set.high === other.high;
}
