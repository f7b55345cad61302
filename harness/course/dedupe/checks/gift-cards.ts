/**
 * The checks of task 2: what must be true of a gift card's balance.
 */

import { atLeast, check, countingCheck, type Failing, type LabCheck } from '../../kit/check.ts';
import { resetsOf } from '../../kit/counters/crashes.ts';
import { mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import { type GiftCardRun, giftCardLater, giftCardTwice, giftCardTwoOrders } from '../scenarios/gift-cards.ts';
import { saturday } from '../scenarios/saturday.ts';
import { duplicateIsDead, orderIn, ordersOf } from './orders.ts';

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
  title: 'two orders on one gift card both count',
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
  title: 'an attempt eleven minutes later takes nothing',
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

const saturdayGiftCards = check(saturday, {
  id: 'saturday-gift-cards',
  task: 2,
  title: 'on Saturday, 20 gift card payments once each',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['gift-card-twice', 'gift-card-lost'],
  judge: ({ observation }) => {
    const run = observation.giftCard;
    return paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'gift-card-lost');
  },
});

export const giftCardChecks: readonly LabCheck[] = [
  giftCardPaysOnce,
  everyGiftCardPayment,
  twoOrdersOneGiftCard,
  lateGiftCardDuplicate,
  giftCardDuplicatesDone,
  giftCardOfferedAtOnce,
  giftCardCrashed,
  saturdayGiftCards,
];

function paidTooOften<const Failure extends string>(run: GiftCardRun, hintId: Failure): Failing<Failure> | null {
  const { due, taken } = bill(run);
  if (taken <= due) return null;
  const about = { names: namesIn(run), tooOften: true } as const;
  return { headline: `${said(run)}: ${money(taken - due)} too much.`, hintId, about };
}

function paidTooSeldom<const Failure extends string>(run: GiftCardRun, hintId: Failure): Failing<Failure> | null {
  const { due, taken } = bill(run);
  if (taken >= due) return null;
  return { headline: `${said(run)}: ${money(due - taken)} were never taken.`, hintId, about: { names: namesIn(run) } };
}

/** The cost of the orders, each counted once, and the sum that was taken from the gift cards. */
function bill({ sent, before, after }: GiftCardRun): { readonly due: number; readonly taken: number } {
  const amounts = new Map(sent.map(({ orderId, amount }) => [orderId, amount]));
  return { due: [...amounts.values()].reduce((total, amount) => total + amount, 0), taken: before - after };
}

/** The orders; and their gift card if all money that leaves it is one order's. */
function namesIn({ sent }: GiftCardRun): readonly string[] {
  const orders = ordersOf(sent);
  const cards = [...new Set(sent.flatMap(({ giftCardId }) => giftCardId ?? []))];
  return orders.length === 1 ? [...orders, ...cards] : orders;
}

function said(run: GiftCardRun): string {
  const orders = ordersOf(run.sent).length;
  const { due, taken } = bill(run);
  const cost = orders === 1 ? `Order ${run.sent[0]?.orderId} costs` : `${orders} orders cost`;
  return `${cost} ${money(due)}, and ${money(taken)} were taken`;
}

/** Cents as text: «42.00». */
function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
