/**
 * The checks of task 2: what must be true of a gift card's balance.
 */

import { atLeast, check, countingCheck, type Failing, type LabCheck } from '../../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { resetsOf } from '../../kit/counters/crashes.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import {
  type GiftCardRun,
  giftCardBatch,
  giftCardLater,
  giftCardTrouble,
  giftCardTwice,
  giftCardTwoOrders,
} from '../scenarios/gift-cards.ts';
import { saturday } from '../scenarios/saturday.ts';
import { duplicateIsDead, money, orderIn, ordersOf } from './orders.ts';

const giftCardOfferedAtOnce = countingCheck(giftCardTwice, mostOfferedAtOnce(orderIn), {
  id: 'gift-card-offered-at-once',
  task: 2,
  title: 'two deliveries of one gift card payment were offered at once',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(2, {
    headline: 'In no order were 2 deliveries of one payment offered at once.',
    hintId: 'nothing-offered',
  }),
});

const giftCardCrashed = countingCheck(giftCardTwice, resetsOf('gift-card'), {
  id: 'gift-card-crashed',
  task: 2,
  title: 'a handler of a gift card payment crashed',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(1, { headline: 'In no order did the function gift-card crash.', hintId: 'nothing-offered' }),
});

const giftCardPaysOnce = check(giftCardTwice, {
  id: 'gift-card-pays-once',
  task: 2,
  title: 'each order is taken from the gift card once',
  kind: 'invariant',
  points: 2,
  guard: true,
  provokedBy: giftCardOfferedAtOnce,
  failures: ['gift-card-twice'],
  judge: ({ observation }) => paidTooOften(observation, 'gift-card-twice'),
});

const everyGiftCardPayment = check(giftCardTwice, {
  id: 'every-gift-card-payment',
  task: 2,
  title: 'a crash loses no gift card payment',
  kind: 'at-rest',
  points: 2,
  provokedBy: giftCardCrashed,
  failures: ['gift-card-lost'],
  judge: ({ observation }) => paidTooSeldom(observation, 'gift-card-lost'),
});

const twoOrdersOneGiftCard = check(giftCardTwoOrders, {
  id: 'two-orders-one-gift-card',
  task: 2,
  title: 'orders on one gift card all count',
  kind: 'at-rest',
  points: 2,
  guard: true,
  failures: ['gift-card-twice', 'gift-card-conflict'],
  judge: ({ observation }) => {
    const run = observation;
    return paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'gift-card-conflict');
  },
});

const lateGiftCardDuplicate = check(giftCardLater, {
  id: 'late-gift-card-duplicate',
  task: 2,
  title: 'an attempt minutes or days later takes nothing',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['gift-card-later', 'gift-card-lost'],
  judge: ({ observation }) => {
    const run = observation;
    return paidTooOften(run, 'gift-card-later') ?? paidTooSeldom(run, 'gift-card-lost');
  },
});

const giftCardDuplicatesDone = check(giftCardTwice, {
  id: 'gift-card-duplicates-done',
  task: 2,
  title: 'a duplicate is done with: none ends in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['duplicate-dead'],
  judge: ({ observation }) => duplicateIsDead(observation),
});

const giftCardTroubled = countingCheck(giftCardTrouble, strikesOf('throttled', 'failed-before', 'failed-after'), {
  id: 'gift-card-troubled',
  task: 2,
  title: 'the tables refused or failed as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no order did the tables refuse or fail ${CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const troubleLosesNoGiftCard = check(giftCardTrouble, {
  id: 'trouble-loses-no-gift-card',
  task: 2,
  title: 'while the tables refuse and fail, each order is taken from the gift card once',
  kind: 'at-rest',
  points: 1,
  provokedBy: giftCardTroubled,
  failures: ['gift-card-twice', 'error-taken-for-duplicate', 'duplicate-dead'],
  judge: ({ observation: run }) =>
    paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'error-taken-for-duplicate') ?? duplicateIsDead(run),
});

const giftCardBatchCrashed = countingCheck(giftCardBatch, resetsOf('gift-card'), {
  id: 'gift-card-batch-crashed',
  task: 2,
  title: 'a handler of a batch of gift card payments crashed',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(1, { headline: 'In no order did the function gift-card crash.', hintId: 'nothing-offered' }),
});

const giftCardsOfBatch = check(giftCardBatch, {
  id: 'gift-cards-of-a-batch',
  task: 2,
  title: 'of a batch with a duplicate in it, each order is taken once, whoever crashes',
  kind: 'at-rest',
  points: 1,
  provokedBy: giftCardBatchCrashed,
  failures: ['gift-card-twice', 'gift-card-lost', 'duplicate-dead'],
  judge: ({ observation: run }) =>
    paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'gift-card-lost') ?? duplicateIsDead(run),
});

const saturdayGiftCards = check(saturday, {
  id: 'saturday-gift-cards',
  task: 2,
  title: 'on Saturday, 20 gift card payments once each',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['gift-card-twice', 'gift-card-lost', 'duplicate-dead'],
  judge: ({ observation }) => {
    const run = observation.giftCard;
    return (
      paidTooOften(run, 'gift-card-twice') ??
      paidTooSeldom(run, 'gift-card-lost') ??
      duplicateIsDead(observation.giftCard)
    );
  },
});

export const giftCardChecks: readonly LabCheck[] = [
  giftCardPaysOnce,
  everyGiftCardPayment,
  twoOrdersOneGiftCard,
  lateGiftCardDuplicate,
  giftCardDuplicatesDone,
  troubleLosesNoGiftCard,
  giftCardsOfBatch,
  giftCardBatchCrashed,
  giftCardTroubled,
  giftCardOfferedAtOnce,
  giftCardCrashed,
  saturdayGiftCards,
];

function paidTooOften<const Failure extends string>(run: GiftCardRun, hintId: Failure): Failing<Failure> | null {
  const bill = bills(run).find(({ due, taken }) => taken > due);
  if (bill === undefined) return null;
  const about = { names: namesIn(bill), tooOften: true } as const;
  return { headline: `${said(bill)}: ${money(bill.taken - bill.due)} too much.`, hintId, about };
}

function paidTooSeldom<const Failure extends string>(run: GiftCardRun, hintId: Failure): Failing<Failure> | null {
  const bill = bills(run).find(({ due, taken }) => taken < due);
  if (bill === undefined) return null;
  const headline = `${said(bill)}: ${money(bill.due - bill.taken)} were never taken.`;
  return { headline, hintId, about: { names: namesIn(bill) } };
}

/** What the orders of one gift card cost, each counted once, and what was taken from it. */
interface Bill {
  readonly giftCardId: string;
  readonly orders: readonly string[];
  readonly due: number;
  readonly taken: number;
  readonly isOnlyCard: boolean;
}

function bills({ sent, cards }: GiftCardRun): readonly Bill[] {
  return cards.map(({ giftCardId, before, after }) => {
    const own = sent.filter((payment) => payment.giftCardId === giftCardId);
    const amounts = new Map(own.map(({ orderId, amount }) => [orderId, amount]));
    const due = [...amounts.values()].reduce((total, amount) => total + amount, 0);
    return { giftCardId, orders: ordersOf(own), due, taken: before - after, isOnlyCard: cards.length === 1 };
  });
}

/** The orders; and their gift card if all money that leaves it is one order's. */
function namesIn({ orders, giftCardId }: Bill): readonly string[] {
  return orders.length <= 1 ? [...orders, giftCardId] : orders;
}

function said({ orders, due, taken, giftCardId, isOnlyCard }: Bill): string {
  const from = isOnlyCard ? '' : ` from gift card ${giftCardId}`;
  if (orders.length === 0) return `No order is paid with gift card ${giftCardId}, and ${money(taken)} were taken`;
  const cost = orders.length === 1 ? `Order ${orders[0]} costs` : `${orders.length} orders cost`;
  return `${cost} ${money(due)}, and ${money(taken)} were taken${from}`;
}
