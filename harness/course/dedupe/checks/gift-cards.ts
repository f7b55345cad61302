/**
 * The checks of task 2: what must be true of a gift card's balance.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { resetsOf } from '../../kit/counters/crashes.ts';
import { mostInOneBatch, mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import {
  giftCardAlike,
  giftCardBatch,
  giftCardBesideUnreadable,
  giftCardLater,
  giftCardTwice,
  giftCardTwoOrders,
} from '../scenarios/gift-cards.ts';
import { saturday } from '../scenarios/saturday.ts';
import { paidTooOften, paidTooSeldom } from './bills.ts';
import { duplicateIsDead, orderIn, otherDead } from './orders.ts';

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

const giftCardsStaySound = check(giftCardTwoOrders, {
  id: 'gift-cards-stay-sound',
  task: 2,
  title: 'a gift card stays an item whose balance is a number, also when it is used up',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['gift-card-item'],
  judge: ({ observation: { cards } }) => {
    const spoilt = cards.find(({ isSound }) => !isSound);
    if (spoilt === undefined) return null;
    const headline = `Gift card ${spoilt.giftCardId} is no longer an item whose balance is a number.`;
    return { headline, hintId: 'gift-card-item', about: { names: [spoilt.giftCardId] } };
  },
});

const alikeGiftCardPayments = check(giftCardAlike, {
  id: 'alike-gift-card-payments',
  task: 2,
  title: 'orders that look alike are all taken, each once',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['gift-card-later', 'same-amount'],
  judge: ({ observation: run }) => paidTooOften(run, 'gift-card-later') ?? paidTooSeldom(run, 'same-amount'),
});

const giftCardBesideUnreadableOffered = countingCheck(giftCardBesideUnreadable, mostInOneBatch(), {
  id: 'gift-card-beside-unreadable-offered',
  task: 2,
  title: 'a batch held a gift card payment and an unreadable message',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(2, { headline: 'In no order were 2 messages in one batch.', hintId: 'nothing-offered' }),
});

const onlyUnreadableGiftCardIsDead = check(giftCardBesideUnreadable, {
  id: 'only-unreadable-gift-card-is-dead',
  task: 2,
  title: 'an unreadable message takes no gift card payment along',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: giftCardBesideUnreadableOffered,
  failures: ['neighbour-dead'],
  judge: ({ observation: run }) => paidTooSeldom(run, 'neighbour-dead') ?? otherDead(run),
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
  title: 'a duplicate is acknowledged: none ends in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['duplicate-dead'],
  judge: ({ observation }) => duplicateIsDead(observation),
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
  title: 'of a batch with a duplicate in it, each order is taken once, even when a handler crashes',
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
  giftCardsStaySound,
  alikeGiftCardPayments,
  onlyUnreadableGiftCardIsDead,
  giftCardBesideUnreadableOffered,
  giftCardsOfBatch,
  giftCardBatchCrashed,
  giftCardOfferedAtOnce,
  giftCardCrashed,
  saturdayGiftCards,
];
