/**
 * The checks of tasks 3 and 4: what an event that fails costs its order and others, now and for ever.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { mostDeliveriesOfOne } from '../../kit/counters/messages.ts';
import { POISONED, poison, poisonByTheClock } from '../scenarios/poison.ts';
import { legacyRefuses, tableRefuses } from '../scenarios/small.ts';
import { ordersGivenBack, waitsInQueues } from './counters.ts';
import { toldWithoutNeed, unapplied, unheardOf, wrongOrder } from './wrong-orders.ts';

const anEventFailed = countingCheck(legacyRefuses, strikesOf('refused'), {
  id: 'an-event-failed',
  task: 3,
  title: 'legacy refused an event while others were in the batch',
  kind: 'reach',
  points: 0,
  failures: ['nothing-refused'],
  judge: atLeast(1, { headline: 'In no schedule did legacy refuse a request.', hintId: 'nothing-refused' }),
});

const restWaits = check(legacyRefuses, {
  id: 'rest-of-the-order-waits',
  task: 3,
  title: 'when an event fails, the rest of its order comes behind it, and nothing is applied twice or lost',
  kind: 'invariant',
  points: 3,
  provokedBy: anEventFailed,
  failures: ['failure-out-of-order', 'given-up-too-soon'],
  judge: ({ observation }) =>
    toldWithoutNeed(observation, 'given-up-too-soon') ?? wrongOrder(observation, 'failure-out-of-order'),
});

const othersGoOn = countingCheck(legacyRefuses, ordersGivenBack(), {
  id: 'other-orders-go-on',
  task: 3,
  title: 'when an event fails, other orders of its batch are not given back',
  kind: 'invariant',
  points: 2,
  provokedBy: anEventFailed,
  failures: ['others-given-back'],
  judge: ({ count: { orders, failures } }) => {
    if (orders <= failures) return null;
    const headline = `${failures} ${failures === 1 ? 'event' : 'events'} failed, and events of ${orders} ${orders === 1 ? 'order' : 'orders'} came again.`;
    return { headline, hintId: 'others-given-back' };
  },
});

const tableRefused = countingCheck(tableRefuses, strikesOf('throttled'), {
  id: 'table-refused',
  task: 3,
  title: 'the table refused a call until the SDK gave up',
  kind: 'reach',
  points: 0,
  failures: ['no-call-refused'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no schedule did the table refuse a call of the function ${CLIENT_ATTEMPTS} times.`,
    hintId: 'no-call-refused',
  }),
});

const billsInTrouble = check(tableRefuses, {
  id: 'bills-in-trouble',
  task: 3,
  title: 'while the table refuses calls, bills stay in order, and no line is lost or written twice',
  kind: 'invariant',
  points: 1,
  provokedBy: tableRefused,
  failures: ['failure-out-of-order', 'given-up-too-soon'],
  judge: ({ observation }) =>
    toldWithoutNeed(observation, 'given-up-too-soon') ?? wrongOrder(observation, 'failure-out-of-order'),
});

/** The most attempts at one event: enough for a short trouble, and few enough that its order goes on soon. */
const MOST_ATTEMPTS = 4;
/** How long an event of another order may wait, by the clock. The busiest moment has twelve events, which take legacy six seconds. */
const SOON_MS = 15_000;

const neighboursApplied = check(poison, {
  id: 'neighbours-applied',
  task: 4,
  title: 'all other events are applied, or told behind the one that can’t be',
  kind: 'invariant',
  points: 2,
  guard: true,
  failures: ['lost-with-it'],
  judge: ({ observation }) => unapplied(observation, 'lost-with-it'),
});

const poisonIsTold = check(poison, {
  id: 'poison-is-told',
  task: 4,
  title: 'an event that can never be applied is in the consumer’s dead-letter queue, and its order stays in order',
  kind: 'at-rest',
  points: 3,
  failures: ['nobody-hears', 'lost-with-it'],
  judge: ({ observation }) => unheardOf(observation) ?? wrongOrder(observation, 'lost-with-it'),
});

const onlyPoisonIsTold = check(poison, {
  id: 'only-poison-is-told',
  task: 4,
  title: 'and with it at most later events of its order',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['told-without-need'],
  judge: ({ observation }) => toldWithoutNeed(observation, 'told-without-need'),
});

const fewAttempts = countingCheck(poison, mostDeliveriesOfOne(), {
  id: 'few-attempts',
  task: 4,
  title: `no event is received more than ${MOST_ATTEMPTS} times`,
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['too-many-attempts'],
  judge: ({ count }) => {
    if (count <= MOST_ATTEMPTS) return null;
    const headline = `One event was received ${count} times, and its order waited each time.`;
    return { headline, hintId: 'too-many-attempts' };
  },
});

const othersNeverWait = countingCheck(poisonByTheClock, waitsInQueues(), {
  id: 'others-never-wait',
  task: 4,
  title: `by the clock, an event that can’t be applied holds up no other order: there an event waits at most ${SOON_MS / 1_000} seconds`,
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['others-waited', 'lost-with-it'],
  judge: ({ observation, count: waits }) => {
    const late = waits.find(({ orderId, ms }) => orderId !== POISONED && ms > SOON_MS);
    if (late === undefined) return unapplied(observation, 'lost-with-it');
    const headline = `An event of order ${late.orderId} waited ${Math.round(late.ms / 1_000)} seconds, and the one that can’t be applied is of order ${POISONED}.`;
    return { headline, hintId: 'others-waited' };
  },
});

export const failureChecks: readonly LabCheck[] = [
  restWaits,
  othersGoOn,
  billsInTrouble,
  poisonIsTold,
  neighboursApplied,
  onlyPoisonIsTold,
  fewAttempts,
  othersNeverWait,
  anEventFailed,
  tableRefused,
];
