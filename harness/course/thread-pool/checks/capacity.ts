/**
 * The checks of task 1: what legacy has at once, in the small scenario and in the sale.
 */

import { asManyAs, neverMoreThan, usedUpTo } from '../../kit/capacity.ts';
import { check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { mostInDownstream } from '../../kit/counters/in-flight.ts';
import { legacy } from '../legacy.ts';
import { SMALL_CAPACITY, threeAtOnce } from '../scenarios/orders.ts';
import { CAPACITY, sale } from '../scenarios/sale.ts';
import { bookedOtherwise, neverBooked, recordedOtherwise } from './wrong-orders.ts';

/** The danger, measured on what was sent: a stack that keeps orders back is not to blame for it. */
const threeWanted = check(threeAtOnce, {
  id: 'three-wanted',
  task: 1,
  title: 'more orders came at once than legacy takes, and all were booked',
  kind: 'reach',
  points: 0,
  failures: ['nothing-booked'],
  judge: ({ observation: { sent, bookings } }) => {
    if (sent.length > SMALL_CAPACITY && bookings.length >= sent.length) return null;
    const headline = `${sent.length} orders came at once, and in no schedule were all of them booked.`;
    return { headline, hintId: 'nothing-booked' };
  },
});

const neverThree = countingCheck(threeAtOnce, mostInDownstream(legacy.name), {
  id: 'never-above-capacity',
  task: 1,
  title: 'legacy never has more requests at once than it takes',
  kind: 'invariant',
  points: 3,
  provokedBy: threeWanted,
  failures: ['above-capacity'],
  judge: neverMoreThan(SMALL_CAPACITY, legacy.name),
});

const allPlacesUsed = countingCheck(threeAtOnce, mostInDownstream(legacy.name), {
  id: 'all-places-used',
  task: 1,
  title: 'all places of legacy are used',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['places-unused'],
  judge: usedUpTo(SMALL_CAPACITY),
});

const everyOrderBooked = check(threeAtOnce, {
  id: 'every-order-booked',
  task: 1,
  title: 'every order is booked, as it was sent',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['never-booked', 'booked-otherwise'],
  judge: ({ observation }) =>
    neverBooked(observation, 'never-booked') ?? bookedOtherwise(observation, 'booked-otherwise'),
});

const everyOrderRecorded = check(threeAtOnce, {
  id: 'every-order-recorded',
  task: 1,
  title: 'every order is in the table, with legacy’s reference',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['recorded-otherwise'],
  judge: ({ observation }) => recordedOtherwise(observation, 'recorded-otherwise'),
});

const fiveAtOnce = countingCheck(sale, mostInDownstream(legacy.name), {
  id: 'five-at-once',
  task: 1,
  title: `in the sale, legacy has ${CAPACITY} requests at once, and never ${CAPACITY + 1}`,
  kind: 'timed',
  points: 2,
  failures: ['above-capacity', 'places-unused'],
  judge: asManyAs(CAPACITY, legacy.name),
});

export const capacityChecks: readonly LabCheck[] = [
  neverThree,
  allPlacesUsed,
  everyOrderBooked,
  everyOrderRecorded,
  fiveAtOnce,
  threeWanted,
];
