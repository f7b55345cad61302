/**
 * The wrong fixes of lab 4, each with the check that must catch it and the lesson that it teaches.
 *
 * The files are in mutants/<name>/ and replace the solution's. They look like answers that people have really given.
 */

import type { Mutant } from '../lab.ts';
import { mutantsOfCards } from './mutants-of-cards.ts';

const debits: readonly Mutant[] = [
  {
    name: 'first-attempt-only',
    caughtBy: 'every-order-debited',
    lesson:
      'The first attempt of a sender may be the one that never arrives: a count of attempts says nothing about what came.',
  },
  {
    name: 'key-with-the-hour',
    caughtBy: 'late-debit-duplicate',
    lesson: 'A key with the time in it is another key an hour later, and sometimes a millisecond later.',
  },
  {
    name: 'marker-for-five-minutes',
    caughtBy: 'late-debit-duplicate',
    lesson: 'What one environment remembers is gone with it: Lambda may start another one although this one is free.',
  },
  {
    name: 'every-error-a-duplicate',
    caughtBy: 'trouble-loses-no-debit',
    lesson: 'A table that refuses a call for a while has not said «was there already»: only one error means that.',
  },
  {
    name: 'get-then-put',
    caughtBy: 'one-debit-per-order',
    lesson: 'A look and a mark are two calls, and the other delivery fits between them; a condition makes them one.',
  },
  {
    name: 'claim-looked-up',
    caughtBy: 'one-debit-per-order',
    lesson:
      'A condition sees every write before it. A read without ConsistentRead need not: it may find nothing where the condition has just failed.',
  },
  {
    name: 'marker-after-effect',
    caughtBy: 'one-debit-per-order',
    lesson: 'A condition that is asked after the money has moved can only tell you that you were second.',
  },
  {
    name: 'set-in-module-memory',
    caughtBy: 'one-debit-per-order',
    lesson: 'Two deliveries at once run in two execution environments, and each of them has a Set of its own.',
  },
  {
    name: 'message-id-as-key',
    caughtBy: 'one-debit-per-order',
    lesson:
      'A message id tells deliveries of one message apart from other messages; a sender that retries makes a new one.',
  },
  {
    name: 'own-claim-taken-up-again',
    caughtBy: 'one-debit-per-order',
    lesson:
      'A claim of the same message need not be from a try that is over: SQS may deliver a message twice, and the other delivery is at work.',
  },
  {
    name: 'hash-of-the-whole-event',
    caughtBy: 'one-debit-per-order',
    lesson: 'A retried event is not the same text: it has another timestamp and another count, and so another hash.',
  },
  {
    name: 'hash-of-customer-and-amount',
    caughtBy: 'same-amount-passes',
    lesson: 'What looks alike need not be a duplicate: only the sender knows, and says so with the order id.',
  },
  {
    name: 'one-at-a-time',
    caughtBy: 'orders-side-by-side',
    lesson:
      'A function that works alone is no memory: it hides the race, and lets every customer wait for every other.',
  },
  {
    name: 'duplicate-thrown-back',
    caughtBy: 'debit-duplicates-done',
    lesson: 'To throw means «later», and a duplicate will be one later too: it ends among the dead letters.',
  },
  {
    name: 'order-id-as-item-identifier',
    caughtBy: 'only-unreadable-is-dead',
    lesson:
      'An identifier that Lambda doesn’t know fails the whole batch, and what was done dies with what could not be.',
  },
  {
    name: 'key-cut-short',
    caughtBy: 'same-amount-passes',
    lesson: 'An id that is cut to fit is another order’s id, too: the whole of it tells orders apart.',
  },
  {
    name: 'key-with-the-hour-of-sending',
    caughtBy: 'late-debit-duplicate',
    lesson: 'An instant in a message moves on with each attempt: what is in the key must be the same in all of them.',
  },
  {
    name: 'last-five-orders',
    caughtBy: 'alike-debited-once',
    lesson: 'A memory of the last few orders ends when enough others have come, and a duplicate may come at any time.',
  },
  {
    name: 'batch-claimed-first',
    caughtBy: 'trouble-loses-no-debit',
    lesson:
      'An error after some claims of a batch hands all of it back, and the claims that were made swallow their own orders.',
  },
  {
    name: 'debited-without-claim',
    caughtBy: 'no-debit-without-claim',
    lesson:
      'A debit that no item stands for is made again by the next attempt: where the claim can’t be written, wait.',
  },
  {
    name: 'given-up-after-three',
    caughtBy: 'outage-loses-no-debit',
    lesson: 'After the last try the error has to leave the handler: a message whose handler returns is deleted.',
  },
  {
    name: 'lease-of-half-a-second',
    caughtBy: 'debit-claim-outlasts-slowness',
    lesson: 'A claim that ends while its owner is at work lets a second one in, and this gateway debits both.',
  },
];

const giftCards: readonly Mutant[] = [
  {
    name: 'conflict-tried-once-more',
    caughtBy: 'two-orders-one-gift-card',
    lesson: 'Two transactions may cancel each other, and again: a second conflict is still no duplicate.',
  },
  {
    name: 'marker-then-effect',
    caughtBy: 'every-gift-card-payment',
    lesson:
      'A marker that is written before its effect turns a crash between the two into an order that is never paid.',
  },
  {
    name: 'effect-then-marker',
    caughtBy: 'gift-card-pays-once',
    lesson:
      'An effect that is written before its marker turns a crash between the two into an order that is paid twice.',
  },
  {
    name: 'debited-in-euros',
    caughtBy: 'debits-as-sent',
    lesson: 'Once is not enough: what is taken has to be what was asked for.',
  },
  {
    name: 'one-amount-for-the-batch',
    caughtBy: 'debits-of-a-batch-as-sent',
    lesson: 'The messages of a batch came together by chance. Each has its own order and its own amount.',
  },
  {
    name: 'charged-by-attempt',
    caughtBy: 'charges-as-sent',
    lesson: 'A duplicate asks for the same charge, not for a part of it.',
  },
  {
    name: 'conflict-taken-for-duplicate',
    caughtBy: 'two-orders-one-gift-card',
    lesson:
      'A transaction is cancelled for several reasons: TransactionConflict says that nothing happened, not that it had happened before.',
  },
  {
    name: 'shortage-taken-for-duplicate',
    caughtBy: 'trouble-loses-no-gift-card-of-a-batch',
    lesson:
      'ThrottlingError among the reasons says that nothing happened, for want of throughput. Only the marker’s condition says «done before».',
  },
  {
    name: 'conflict-over-the-marker-acknowledged',
    caughtBy: 'two-orders-one-gift-card',
    lesson:
      'Two transactions on one item may cancel each other: that another one was just writing the marker does not say that it will stand.',
  },
  {
    name: 'library-around-two-writes',
    caughtBy: 'gift-card-pays-once',
    lesson:
      'A library keeps its record beside your effect, not in one transaction with it: where you can have that, it is better.',
  },
  {
    name: 'token-instead-of-marker',
    caughtBy: 'late-gift-card-duplicate',
    lesson: 'A ClientRequestToken protects for ten minutes; a sender may try again tomorrow.',
  },
  {
    name: 'every-cancellation-thrown',
    caughtBy: 'gift-card-duplicates-done',
    lesson:
      'A cancelled transaction may say «done before»: a handler that throws for that, too, throws until the message is dead.',
  },
  {
    name: 'empty-gift-card-deleted',
    caughtBy: 'gift-cards-stay-sound',
    lesson: 'An item that others read is not yours to tidy up: a gift card with nothing on it is still a gift card.',
  },
  {
    name: 'gift-card-and-order-joined',
    caughtBy: 'alike-gift-card-payments',
    lesson: 'Two ids joined by a character that they may contain are one text for two things.',
  },
  {
    name: 'whole-batch-fails',
    caughtBy: 'only-unreadable-gift-card-is-dead',
    lesson: 'A handler that throws fails its whole batch: an unreadable message takes its neighbours to the dead.',
  },
  {
    name: 'dropped-at-the-third-receive',
    caughtBy: 'outage-loses-no-gift-card',
    lesson: 'A count of receives says nothing about the message: an outage makes every message look like poison.',
  },
  {
    name: 'batch-in-one-transaction',
    caughtBy: 'gift-cards-of-a-batch',
    lesson: 'One duplicate cancels a transaction for all: what was cancelled with it was not done before.',
  },
];

export const mutants: readonly Mutant[] = [...debits, ...giftCards, ...mutantsOfCards];
