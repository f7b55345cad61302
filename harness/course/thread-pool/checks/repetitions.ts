/**
 * The checks of task 4: events that overtake each other, and events that come twice.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { crashed, later, overtakingStates } from '../scenarios/orders.ts';
import type { OrderRun } from '../scenarios/shop.ts';
import { olderAfterNewer } from './overtaking.ts';
import { bookedOtherwise, bookedTwice, deadWithoutNeed, neverBooked, recordedOtherwise } from './wrong-orders.ts';

const orderOvertaken = countingCheck(overtakingStates, olderAfterNewer(), {
  id: 'an-order-overtaken',
  task: 4,
  title: 'an older state came to legacy after a newer one',
  kind: 'reach',
  points: 0,
  failures: ['nothing-overtaken'],
  judge: atLeast(1, {
    headline: 'In no schedule did an older state of an order come to legacy after a newer one.',
    hintId: 'nothing-overtaken',
  }),
});

const cameTwice = countingCheck(overtakingStates, strikesOf('duplicate'), {
  id: 'an-event-twice',
  task: 4,
  title: 'an event came twice, and was booked',
  kind: 'reach',
  points: 0,
  failures: ['nothing-twice'],
  judge: ({ observation, count }) =>
    count > 0 && observation.bookings.length > 0
      ? null
      : { headline: 'In no schedule did an event come twice and was booked.', hintId: 'nothing-twice' },
});

const newestStays = check(overtakingStates, {
  id: 'newest-state-stays',
  task: 4,
  title: 'the table has the newest state of an order, whatever comes last',
  kind: 'at-rest',
  points: 2,
  provokedBy: orderOvertaken,
  failures: ['older-state'],
  judge: ({ observation }) => recordedOtherwise(observation, 'older-state'),
});

const bookedOnce = check(overtakingStates, {
  id: 'booked-once',
  task: 4,
  title: 'an event that comes twice is booked once',
  kind: 'invariant',
  points: 2,
  provokedBy: cameTwice,
  failures: ['booked-twice'],
  judge: ({ observation }) => bookedTwice(observation, 'booked-twice'),
});

const eachStateBooked = check(overtakingStates, {
  id: 'each-state-booked',
  task: 4,
  title: 'each state is booked, and none is left in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['state-missing', 'booked-otherwise', 'dead-without-need'],
  judge: ({ observation }) => missingState(observation),
});

const bookedOnceAfterCrash = all(
  crashed,
  'crash-books-once',
  'a crash between legacy and the table makes no second booking',
  1,
);
const lateIsRight = all(
  later,
  'late-and-alike',
  'events that come days late, and orders that look alike, come out right',
  2,
);

/** Everything that must be true at rest: journal, table and dead-letter queue, compared as a whole. */
function all(scenario: LabScenario<OrderRun>, id: string, title: string, points: number): LabCheck<OrderRun> {
  return check(scenario, {
    id,
    task: 4,
    title,
    kind: 'at-rest',
    points,
    failures: ['state-missing', 'booked-otherwise', 'dead-without-need', 'booked-twice', 'older-state'],
    judge: ({ observation }) =>
      missingState(observation) ??
      bookedTwice(observation, 'booked-twice') ??
      recordedOtherwise(observation, 'older-state'),
  });
}

function missingState(run: OrderRun) {
  return neverBooked(run, 'state-missing') ?? bookedOtherwise(run, 'booked-otherwise') ?? deadWithoutNeed(run);
}

export const repetitionChecks: readonly LabCheck[] = [
  newestStays,
  bookedOnce,
  eachStateBooked,
  bookedOnceAfterCrash,
  lateIsRight,
  orderOvertaken,
  cameTwice,
];
