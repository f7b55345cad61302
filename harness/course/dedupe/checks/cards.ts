/**
 * The checks of task 3: what must be true of charges through an API with keys, even if the consumer crashes.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { resetsAfterEntering } from '../../kit/counters/crashes.ts';
import { mostInFlight } from '../../kit/counters/in-flight.ts';
import { mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import { cardBatch, cardCrash, cardLater, cardTwice } from '../scenarios/cards.ts';
import { saturday } from '../scenarios/saturday.ts';
import { troubledCardChecks } from './cards-in-trouble.ts';
import { neverCharged, otherCharge, WRONG_CHARGE, wrongCharge, wrongReceipts } from './charges.ts';
import { duplicateIsDead, orderIn, times, tooOften } from './orders.ts';

const chargesOfferedAtOnce = countingCheck(cardTwice, mostOfferedAtOnce(orderIn), {
  id: 'charges-offered-at-once',
  task: 3,
  title: 'two deliveries of one card payment were offered at once',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(2, {
    headline: 'In no order were 2 deliveries of one payment offered at once.',
    hintId: 'nothing-offered',
  }),
});

const cardsAtOnce = countingCheck(cardTwice, mostInFlight('card'), {
  id: 'cards-at-once',
  task: 3,
  title: 'two deliveries of a card payment were in progress at once',
  kind: 'reach',
  points: 0,
  failures: ['one-at-a-time'],
  judge: atLeast(2, {
    headline: 'In no order were 2 deliveries in progress at once, so the claim was never put to the test.',
    hintId: 'one-at-a-time',
  }),
});

const crashedAfterCharging = countingCheck(cardCrash, resetsAfterEntering('charge', 'card'), {
  id: 'crashed-after-charging',
  task: 3,
  title: 'a handler crashed between the charge and the end of its work',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(1, {
    headline: 'In no order did the function card crash after it had asked for a charge.',
    hintId: 'nothing-offered',
  }),
});

const oneChargePerOrder = check(cardCrash, {
  id: 'one-charge-per-order',
  task: 3,
  title: 'each order is charged once, even when a handler crashes',
  kind: 'invariant',
  points: 3,
  guard: true,
  provokedBy: crashedAfterCharging,
  failures: ['charged-twice'],
  judge: ({ observation }) => tooOften(observation.charges, 'charged', 'charged-twice'),
});

const everyOrderCharged = check(cardCrash, {
  id: 'every-order-charged',
  task: 3,
  title: 'a crash swallows no order',
  kind: 'at-rest',
  points: 3,
  provokedBy: crashedAfterCharging,
  failures: ['order-swallowed', 'order-hangs'],
  judge: ({ observation }) => {
    const hintId = observation.dead.length === 0 ? 'order-swallowed' : 'order-hangs';
    return neverCharged(observation, hintId);
  },
});

const duplicateGetsFirstAnswer = check(cardCrash, {
  id: 'duplicate-gets-first-answer',
  task: 3,
  title: 'every attempt gets the first answer, even when a handler crashes',
  kind: 'at-rest',
  points: 2,
  provokedBy: crashedAfterCharging,
  failures: ['wrong-receipt', 'no-receipt'],
  judge: ({ observation }) => wrongReceipts(observation),
});

const everyAttemptAnswered = check(cardTwice, {
  id: 'every-attempt-answered',
  task: 3,
  title: 'every attempt gets the first answer',
  kind: 'at-rest',
  points: 1,
  failures: ['wrong-receipt', 'no-receipt'],
  judge: ({ observation }) => wrongReceipts(observation),
});

const apiAskedOnce = check(cardTwice, {
  id: 'api-asked-once',
  task: 3,
  title: 'while nothing crashes, the API is asked once per order',
  kind: 'invariant',
  points: 2,
  guard: true,
  provokedBy: chargesOfferedAtOnce,
  failures: ['asked-twice'],
  judge: ({ observation }) => {
    const { requests } = observation;
    const first = tooOften(requests, 'sent to the charge API', 'asked-twice');
    if (first === null) return null;
    const refused = requests.filter(({ outcome }) => outcome === 'in-flight').length;
    const also = refused === 0 ? '' : ` ${refused === 1 ? 'Once' : times(refused)} it was answered 409.`;
    return { ...first, headline: `${first.headline}${also}` };
  },
});

const lateDuplicate = check(cardLater, {
  id: 'late-duplicate',
  task: 3,
  title: 'an attempt minutes or days later gets the first answer, and no charge',
  kind: 'at-rest',
  points: 2,
  failures: ['charged-later', 'wrong-receipt', 'no-receipt'],
  judge: ({ observation }) => tooOften(observation.charges, 'charged', 'charged-later') ?? wrongReceipts(observation),
});

const cardDuplicatesDone = check(cardTwice, {
  id: 'card-duplicates-done',
  task: 3,
  title: 'a duplicate is acknowledged: none ends in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['duplicate-dead'],
  judge: ({ observation }) => duplicateIsDead(observation),
});

const chargesAsSent = check(cardTwice, {
  id: 'charges-as-sent',
  task: 3,
  title: 'each charge is of an order that was sent, with its amount',
  kind: 'invariant',
  points: 1,
  guard: true,
  failures: ['other-charge', 'order-hangs'],
  judge: ({ observation }) => otherCharge(observation) ?? neverCharged(observation, 'order-hangs'),
});

const cardsOfBatch = check(cardBatch, {
  id: 'cards-of-a-batch',
  task: 3,
  title: 'of a batch with a duplicate in it, each order is charged once, and each attempt answered',
  kind: 'at-rest',
  points: 1,
  failures: [...WRONG_CHARGE, 'neighbour-dead'],
  judge: ({ observation }) => {
    const { dead, unreadable } = observation;
    const readable = dead.filter((body) => !unreadable.includes(body));
    const wrong = wrongCharge({ ...observation, dead: readable });
    // A sound message of such a batch is dead because of its neighbour, and not because it is a duplicate.
    const takenAlong = unreadable.length > 0 && readable.length > 0;
    if (wrong !== null) return takenAlong ? { ...wrong, hintId: 'neighbour-dead' } : wrong;
    const deleted = unreadable.filter((body) => !dead.includes(body)).length;
    if (deleted === 0) return null;
    const messages = deleted === 1 ? '1 unreadable message was' : `${deleted} unreadable messages were`;
    return { headline: `${messages} deleted, and no dead letter tells of it.`, hintId: 'neighbour-dead' };
  },
});

const saturdayCharges = check(saturday, {
  id: 'saturday-charges',
  task: 3,
  title: 'on Saturday, 50 charges once each, 60 receipts',
  kind: 'at-rest',
  points: 1,
  failures: WRONG_CHARGE,
  judge: ({ observation }) => wrongCharge(observation.card),
});

export const cardChecks: readonly LabCheck[] = [
  oneChargePerOrder,
  everyOrderCharged,
  duplicateGetsFirstAnswer,
  everyAttemptAnswered,
  apiAskedOnce,
  lateDuplicate,
  cardDuplicatesDone,
  chargesAsSent,
  cardsOfBatch,
  ...troubledCardChecks,
  chargesOfferedAtOnce,
  cardsAtOnce,
  crashedAfterCharging,
  saturdayCharges,
];
