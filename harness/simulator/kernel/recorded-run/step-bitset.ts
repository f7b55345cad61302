/**
 * Sets of a run's steps, by their places from 0, as bits: small enough to be compared and counted in great numbers.
 *
 * Two numbers of 31 bits hold one set. A longer run has too many linear extensions to search through anyway.
 */

const BITS = 31;

/** A set holds places below this one. */
export const MOST_STEPS = 2 * BITS;

export interface StepBitset {
  readonly low: number;
  readonly high: number;
}

export const NO_STEPS: StepBitset = { low: 0, high: 0 };

export function has({ low, high }: StepBitset, place: number): boolean {
  return place < BITS ? (low & (1 << place)) !== 0 : (high & (1 << (place - BITS))) !== 0;
}

export function withStep({ low, high }: StepBitset, place: number): StepBitset {
  return place < BITS ? { low: low | (1 << place), high } : { low, high: high | (1 << (place - BITS)) };
}

export function bitsetOf(places: Iterable<number>): StepBitset {
  let set = NO_STEPS;
  for (const place of places) set = withStep(set, place);
  return set;
}

/** The steps before this place. */
export function upTo(place: number): StepBitset {
  return bitsetOf(Array.from({ length: place }, (_, before) => before));
}

/** Whether `set` holds every step of `other`. */
export function covers(set: StepBitset, other: StepBitset): boolean {
  return (other.low & ~set.low) === 0 && (other.high & ~set.high) === 0;
}

export function isSame(set: StepBitset, other: StepBitset): boolean {
  return set.low === other.low && set.high === other.high;
}
