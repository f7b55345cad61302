/**
 * The checks of task 2: what legacy has at once, and what becomes of the events that have to wait for it.
 */

import { asManyAs, neverMoreThan, usedUpTo } from '../../kit/capacity.ts';
import { check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { mostInDownstream } from '../../kit/counters/in-flight.ts';
import { stockLegacy } from '../legacy.ts';
import { CAPACITY, rush } from '../scenarios/rush.ts';
import { busy, SMALL_CAPACITY } from '../scenarios/small.ts';
import { toldWithoutNeed, wrongOrder } from './wrong-orders.ts';

/** The danger, measured on what was told: a stack that keeps events back is not to blame for it. */
const threeWait = check(busy, {
  id: 'three-wait',
  task: 2,
  title: 'more orders wait than legacy takes at once, and legacy is told of all that it can be told of',
  kind: 'reach',
  points: 0,
  failures: ['nothing-booked'],
  judge: ({ observation: { rows, stock } }) => {
    const orders = new Set(rows.map(({ event }) => event.orderId));
    if (orders.size > SMALL_CAPACITY && stock.length > 0) return null;
    return {
      headline: `${orders.size} orders waited, and in no schedule was legacy told of any.`,
      hintId: 'nothing-booked',
    };
  },
});

const neverAboveCapacity = countingCheck(busy, mostInDownstream(stockLegacy.name), {
  id: 'never-above-capacity',
  task: 2,
  title: 'legacy never has more requests at once than it takes',
  kind: 'invariant',
  points: 3,
  provokedBy: threeWait,
  failures: ['above-capacity'],
  judge: neverMoreThan(SMALL_CAPACITY, stockLegacy.name),
});

const allPlacesUsed = countingCheck(busy, mostInDownstream(stockLegacy.name), {
  id: 'all-places-used',
  task: 2,
  title: 'all places of legacy are used',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['places-unused'],
  judge: usedUpTo(SMALL_CAPACITY),
});

const waitingIsNoFailure = check(busy, {
  id: 'waiting-kills-nothing',
  task: 2,
  title: 'an event that only has to wait for legacy is booked in the end, and is no dead letter',
  kind: 'invariant',
  points: 2,
  guard: true,
  provokedBy: threeWait,
  failures: ['died-waiting', 'never-booked'],
  judge: ({ observation }) => toldWithoutNeed(observation, 'died-waiting') ?? wrongOrder(observation, 'never-booked'),
});

const fiveAtOnce = countingCheck(rush, mostInDownstream(stockLegacy.name), {
  id: 'five-at-once',
  task: 2,
  title: `in the rush, legacy has ${CAPACITY} requests at once, and never ${CAPACITY + 1}`,
  kind: 'timed',
  points: 2,
  failures: ['above-capacity', 'places-unused'],
  judge: asManyAs(CAPACITY, stockLegacy.name),
});

const rushInOrder = check(rush, {
  id: 'rush-in-order',
  task: 2,
  title: 'in the rush, all events are applied by both consumers, in order',
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['died-waiting', 'never-booked'],
  judge: ({ observation }) => toldWithoutNeed(observation, 'died-waiting') ?? wrongOrder(observation, 'never-booked'),
});

export const capacityChecks: readonly LabCheck[] = [
  neverAboveCapacity,
  allPlacesUsed,
  waitingIsNoFailure,
  fiveAtOnce,
  rushInOrder,
  threeWait,
];
