/**
 * The checks of task 1: what legacy has at once, in the small scenario and in the sale.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { mostInDownstream } from '../../kit/counters/in-flight.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { legacy } from '../legacy.ts';
import { SMALL_CAPACITY, threeAtOnce } from '../scenarios/orders.ts';
import { CAPACITY, sale } from '../scenarios/sale.ts';
import type { OrderRun } from '../scenarios/shop.ts';
import { bookedOtherwise, neverBooked, recordedOtherwise } from './words.ts';

/** The danger, measured on what was sent: a stack that keeps orders back is not to blame for it. */
const demandAbove = (scenario: LabScenario<OrderRun>, id: string, capacity: number) =>
  check(scenario, {
    id,
    task: 1,
    title: `more than ${capacity} orders came at once, and all but none were booked`,
    kind: 'reach',
    points: 0,
    failures: ['nothing-booked'],
    judge: ({ observation: { sent, bookings } }) =>
      sent.length > capacity && bookings.length > capacity
        ? null
        : {
            headline: `${sent.length} orders came at once, and in no schedule more than ${bookings.length} were booked.`,
            hintId: 'nothing-booked',
          },
  });

const threeWanted = demandAbove(threeAtOnce, 'three-wanted', SMALL_CAPACITY);
const twoHundredWanted = demandAbove(sale, 'two-hundred-wanted', CAPACITY);

const neverThree = countingCheck(threeAtOnce, mostInDownstream(legacy.name), {
  id: 'never-above-capacity',
  task: 1,
  title: 'legacy never has more requests at once than it takes',
  kind: 'invariant',
  points: 3,
  provokedBy: threeWanted,
  failures: ['above-capacity'],
  judge: ({ count }) => tooMany(count, SMALL_CAPACITY),
});

const allPlacesUsed = countingCheck(threeAtOnce, mostInDownstream(legacy.name), {
  id: 'all-places-used',
  task: 1,
  title: 'all places of legacy are used',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['places-unused'],
  judge: atLeast(SMALL_CAPACITY, {
    headline: `Legacy takes ${SMALL_CAPACITY} requests at once, and in no schedule had ${SMALL_CAPACITY}.`,
    hintId: 'places-unused',
  }),
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

const neverSix = countingCheck(sale, mostInDownstream(legacy.name), {
  id: 'never-six',
  task: 1,
  title: 'in the sale, legacy never has six requests at once',
  kind: 'invariant',
  points: 1,
  provokedBy: twoHundredWanted,
  failures: ['above-capacity'],
  judge: ({ count }) => tooMany(count, CAPACITY),
});

const fiveAtOnce = countingCheck(sale, mostInDownstream(legacy.name), {
  id: 'five-at-once',
  task: 1,
  title: 'and it has five at once',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['places-unused'],
  judge: atLeast(CAPACITY, {
    headline: `Legacy takes ${CAPACITY} requests at once, and in none of these runs had ${CAPACITY}.`,
    hintId: 'places-unused',
  }),
});

function tooMany(count: number, capacity: number): { headline: string; hintId: 'above-capacity' } | null {
  if (count <= capacity) return null;
  return { headline: `Legacy had ${count} requests at once, and takes ${capacity}.`, hintId: 'above-capacity' };
}

export const capacityChecks: readonly LabCheck[] = [
  neverThree,
  allPlacesUsed,
  everyOrderBooked,
  everyOrderRecorded,
  neverSix,
  fiveAtOnce,
  threeWanted,
  twoHundredWanted,
];
