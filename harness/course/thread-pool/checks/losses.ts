/**
 * The checks of task 2: no order is lost, whatever fails, and what can't be done is kept for a person.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { isBookable } from '../legacy.ts';
import { poison, tableInTrouble, trouble } from '../scenarios/orders.ts';
import { sale } from '../scenarios/sale.ts';
import type { OrderRun } from '../scenarios/shop.ts';
import { bookedOtherwise, deadWithoutNeed, impossibleIsGone, neverBooked, recordedOtherwise } from './wrong-orders.ts';

const struck = countingCheck(trouble, strikesOf('crash-before', 'crash-after', 'refused'), {
  id: 'something-failed',
  task: 2,
  title: 'the function crashed, or legacy turned a request away',
  kind: 'reach',
  points: 0,
  failures: ['nothing-failed'],
  judge: atLeast(1, {
    headline: 'In no schedule did the function crash or legacy turn a request away.',
    hintId: 'nothing-failed',
  }),
});

const losesNothing = (scenario: LabScenario<OrderRun>, id: string, title: string, danger?: typeof struck) =>
  check(scenario, {
    id,
    task: 2,
    title,
    kind: 'at-rest',
    points: danger === undefined ? 1 : 3,
    ...(danger === undefined ? {} : { provokedBy: danger }),
    failures: ['order-lost', 'not-recorded', 'dead-without-need'],
    judge: ({ observation }) =>
      neverBooked(observation, 'order-lost') ??
      recordedOtherwise(observation, 'not-recorded') ??
      deadWithoutNeed(observation),
  });

const troubleLosesNothing = losesNothing(
  trouble,
  'trouble-loses-no-order',
  'a crash and a busy legacy lose no order',
  struck,
);
const tableLosesNothing = losesNothing(
  tableInTrouble,
  'table-loses-no-order',
  'a table that refuses calls loses no order',
);

const impossibleWasAsked = check(poison, {
  id: 'impossible-was-asked',
  task: 2,
  title: 'an order came that legacy can’t book, and others were booked',
  kind: 'reach',
  points: 0,
  failures: ['nothing-booked'],
  judge: ({ observation: { sent, bookings } }) =>
    sent.some((one) => !isBookable(one)) && bookings.length > 0
      ? null
      : { headline: 'In no schedule was an order booked beside one that can’t be.', hintId: 'nothing-booked' },
});

const impossibleIsKept = check(poison, {
  id: 'impossible-is-kept',
  task: 2,
  title: 'an order that can’t be booked is kept in the dead-letter queue, whole',
  kind: 'at-rest',
  points: 2,
  provokedBy: impossibleWasAsked,
  failures: ['impossible-gone'],
  judge: ({ observation }) => impossibleIsGone(observation),
});

const onlyImpossibleIsDead = check(poison, {
  id: 'only-impossible-is-dead',
  task: 2,
  title: 'nothing else is in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: impossibleWasAsked,
  failures: ['dead-without-need'],
  judge: ({ observation }) => deadWithoutNeed(observation),
});

const saleLosesNothing = check(sale, {
  id: 'sale-loses-no-order',
  task: 2,
  title: 'in the sale, every order is booked, however long it waits',
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['order-lost', 'state-missing', 'booked-otherwise', 'dead-without-need'],
  judge: ({ observation }) =>
    neverBooked(observation, 'order-lost', 'state-missing') ??
    bookedOtherwise(observation, 'booked-otherwise') ??
    deadWithoutNeed(observation),
});

export const lossChecks: readonly LabCheck[] = [
  troubleLosesNothing,
  tableLosesNothing,
  impossibleIsKept,
  onlyImpossibleIsDead,
  saleLosesNothing,
  struck,
  impossibleWasAsked,
];
