/**
 * The checks of task 2: what must be true of a gift card's balance.
 */

import type { Check, Observation, Violation } from '../../lab.ts';
import type { GiftCardRun } from '../scenarios/gift-cards.ts';
import { duplicateIsDead, mostOfferedAtOnce, ordersOf } from './orders.ts';

const runOf = (observation: Observation): GiftCardRun => observation as unknown as GiftCardRun;

const giftCardPaysOnce: Check = {
  id: 'gift-card-pays-once',
  task: 2,
  title: 'each order is taken from the gift card once',
  kind: 'invariant',
  scenario: 'gift-card-twice',
  points: 2,
  provokedBy: 'gift-card-offered-at-once',
  judge: ({ observation }) => paidTooOften(runOf(observation), 'gift-card-twice'),
};

const everyGiftCardPayment: Check = {
  id: 'every-gift-card-payment',
  task: 2,
  title: 'a crash loses no gift card payment',
  kind: 'at-rest',
  scenario: 'gift-card-twice',
  points: 2,
  provokedBy: 'gift-card-crashed',
  judge: ({ observation }) => paidTooSeldom(runOf(observation), 'gift-card-lost'),
};

const twoOrdersOneGiftCard: Check = {
  id: 'two-orders-one-gift-card',
  task: 2,
  title: 'two orders on one gift card both count',
  kind: 'at-rest',
  scenario: 'gift-card-two-orders',
  points: 2,
  judge: ({ observation }) => {
    const run = runOf(observation);
    return paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'gift-card-conflict');
  },
};

const lateGiftCardDuplicate: Check = {
  id: 'late-gift-card-duplicate',
  task: 2,
  title: 'an attempt eleven minutes later takes nothing',
  kind: 'at-rest',
  scenario: 'gift-card-later',
  points: 1,
  judge: ({ observation }) => {
    const run = runOf(observation);
    return paidTooOften(run, 'gift-card-later') ?? paidTooSeldom(run, 'gift-card-lost');
  },
};

const giftCardDuplicatesDone: Check = {
  id: 'gift-card-duplicates-done',
  task: 2,
  title: 'a duplicate is done with: none ends in the dead-letter queue',
  kind: 'at-rest',
  scenario: 'gift-card-twice',
  points: 1,
  judge: ({ observation }) => duplicateIsDead(runOf(observation)),
};

const giftCardOfferedAtOnce: Check = {
  id: 'gift-card-offered-at-once',
  task: 2,
  title: 'two deliveries of one gift card payment were offered at once',
  kind: 'reach',
  scenario: 'gift-card-twice',
  points: 0,
  sees: 'trace',
  watches: ['message-sent', 'message-deleted'],
  judge: ({ trace }) =>
    mostOfferedAtOnce(trace) >= 2
      ? null
      : { headline: 'In no order were 2 deliveries of one payment offered at once.', hintId: 'nothing-offered' },
};

const giftCardCrashed: Check = {
  id: 'gift-card-crashed',
  task: 2,
  title: 'a handler of a gift card payment crashed',
  kind: 'reach',
  scenario: 'gift-card-twice',
  points: 0,
  sees: 'trace',
  watches: ['environment-reset'],
  judge: ({ trace }) =>
    trace.some(({ event }) => event.kind === 'environment-reset' && event.functionName === 'gift-card')
      ? null
      : { headline: 'In no order did the function gift-card crash.', hintId: 'nothing-offered' },
};

const saturdayGiftCards: Check = {
  id: 'saturday-gift-cards',
  task: 2,
  title: 'on Saturday, 20 gift card payments once each',
  kind: 'at-rest',
  scenario: 'saturday',
  points: 1,
  judge: ({ observation }) => {
    const run = (observation as { readonly giftCard: GiftCardRun }).giftCard;
    return paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'gift-card-lost');
  },
};

export const giftCardChecks: readonly Check[] = [
  giftCardPaysOnce,
  everyGiftCardPayment,
  twoOrdersOneGiftCard,
  lateGiftCardDuplicate,
  giftCardDuplicatesDone,
  giftCardOfferedAtOnce,
  giftCardCrashed,
  saturdayGiftCards,
];

function paidTooOften(run: GiftCardRun, hintId: string): Violation | null {
  const { due, taken } = bill(run);
  return taken > due ? { headline: `${said(run)}: ${money(taken - due)} too much.`, hintId } : null;
}

function paidTooSeldom(run: GiftCardRun, hintId: string): Violation | null {
  const { due, taken } = bill(run);
  return taken < due ? { headline: `${said(run)}: ${money(due - taken)} were never taken.`, hintId } : null;
}

/** What the orders cost, each once, and what the gift cards have lost. */
function bill({ sent, before, after }: GiftCardRun): { readonly due: number; readonly taken: number } {
  const amounts = new Map(sent.map(({ orderId, amount }) => [orderId, amount]));
  return { due: [...amounts.values()].reduce((total, amount) => total + amount, 0), taken: before - after };
}

function said(run: GiftCardRun): string {
  const orders = ordersOf(run.sent).length;
  const { due, taken } = bill(run);
  const cost = orders === 1 ? `Order ${run.sent[0]?.orderId} costs` : `${orders} orders cost`;
  return `${cost} ${money(due)}, and ${money(taken)} were taken`;
}

/** «42.00» */
function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
