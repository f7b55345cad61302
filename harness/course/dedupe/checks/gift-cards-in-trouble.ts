/**
 * The checks of task 2 where the tables are in trouble: they refuse or fail calls, for a while or for long.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { giftCardBatchTrouble, giftCardOutage, giftCardTrouble } from '../scenarios/gift-cards.ts';
import { paidTooOften, paidTooSeldom } from './bills.ts';
import { duplicateIsDead } from './orders.ts';

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

const giftCardBatchTroubled = countingCheck(giftCardBatchTrouble, strikesOf('throttled'), {
  id: 'gift-card-batch-troubled',
  task: 2,
  title: 'the tables refused as many calls for a batch as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no order did the tables refuse ${CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const troubleLosesNoneOfBatch = check(giftCardBatchTrouble, {
  id: 'trouble-loses-no-gift-card-of-a-batch',
  task: 2,
  title: 'while the tables refuse calls, each order of a batch is taken once',
  kind: 'at-rest',
  points: 1,
  provokedBy: giftCardBatchTroubled,
  failures: ['gift-card-twice', 'batch-in-trouble', 'duplicate-dead'],
  judge: ({ observation: run }) =>
    paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'batch-in-trouble') ?? duplicateIsDead(run),
});

const tablesRefusedForLong = countingCheck(giftCardOutage, strikesOf('throttled'), {
  id: 'gift-card-tables-refused-for-long',
  task: 2,
  title: 'the tables refused three times as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(3 * CLIENT_ATTEMPTS, {
    headline: `In no order did the tables refuse ${3 * CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const outageLosesNoGiftCard = check(giftCardOutage, {
  id: 'outage-loses-no-gift-card',
  task: 2,
  title: 'while the tables refuse calls for long, each order is taken from the gift card once',
  kind: 'at-rest',
  points: 1,
  provokedBy: tablesRefusedForLong,
  failures: ['gift-card-twice', 'error-taken-for-duplicate', 'duplicate-dead'],
  judge: ({ observation: run }) =>
    paidTooOften(run, 'gift-card-twice') ?? paidTooSeldom(run, 'error-taken-for-duplicate') ?? duplicateIsDead(run),
});

export const giftCardChecksInTrouble: readonly LabCheck[] = [
  troubleLosesNoGiftCard,
  troubleLosesNoneOfBatch,
  outageLosesNoGiftCard,
  giftCardTroubled,
  giftCardBatchTroubled,
  tablesRefusedForLong,
];
