/**
 * The checks of task 1: what must be true of debits through a gateway without keys.
 */

import { atLeast, check, countingCheck, type Failing, type LabCheck } from '../../kit/check.ts';
import { mostInFlight } from '../../kit/counters/in-flight.ts';
import { mostInOneBatch, mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import {
  type DebitRun,
  debitBatch,
  debitBesideUnreadable,
  debitLater,
  debitSameAmount,
  debitTwice,
} from '../scenarios/debits.ts';
import { saturday } from '../scenarios/saturday.ts';
import { duplicateIsDead, neverDebited, orderIn, otherDead, otherThanSent, tooOften } from './orders.ts';

const besideUnreadable = countingCheck(debitBesideUnreadable, mostInOneBatch(), {
  id: 'beside-unreadable',
  task: 1,
  title: 'a batch held a debit and an unreadable message',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(2, { headline: 'In no order were 2 messages in one batch.', hintId: 'nothing-offered' }),
});

const debitsOfferedAtOnce = countingCheck(debitTwice, mostOfferedAtOnce(orderIn), {
  id: 'debits-offered-at-once',
  task: 1,
  title: 'two deliveries of one debit were offered at once, and it was made',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered', 'nothing-debited'],
  judge: ({ observation, count }) => {
    if (count < 2)
      return { headline: 'In no order were 2 deliveries of one debit offered at once.', hintId: 'nothing-offered' };
    if (observation.debits.length > 0) return null;
    return {
      headline: 'In no order was an order debited, so nothing was put to the test.',
      hintId: 'nothing-debited',
    };
  },
});

const oneDebitPerOrder = check(debitTwice, {
  id: 'one-debit-per-order',
  task: 1,
  title: 'each order is debited once',
  kind: 'invariant',
  points: 3,
  provokedBy: debitsOfferedAtOnce,
  failures: ['debited-twice'],
  judge: ({ observation }) => tooOften(observation.debits, 'debited', 'debited-twice'),
});

const everyOrderDebited = check(debitTwice, {
  id: 'every-order-debited',
  task: 1,
  title: 'every order is debited',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['never-debited'],
  judge: ({ observation }) => neverDebited(observation, 'never-debited'),
});

const sameAmountPasses = check(debitSameAmount, {
  id: 'same-amount-passes',
  task: 1,
  title: 'two payments of the same amount both pass',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['same-amount'],
  judge: ({ observation }) => neverDebited(observation, 'same-amount'),
});

const alikeDebitedOnce = check(debitSameAmount, {
  id: 'alike-debited-once',
  task: 1,
  title: 'beside orders that look like it, an order is debited once',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['debited-later'],
  judge: ({ observation }) => tooOften(observation.debits, 'debited', 'debited-later'),
});

const debitDuplicatesDone = check(debitTwice, {
  id: 'debit-duplicates-done',
  task: 1,
  title: 'a duplicate is acknowledged: none ends in the dead-letter queue',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['duplicate-dead'],
  judge: ({ observation }) => duplicateIsDead(observation),
});

const ordersSideBySide = countingCheck(debitSameAmount, mostInFlight('debit'), {
  id: 'orders-side-by-side',
  task: 1,
  title: 'two orders can be worked on at the same time',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['one-at-a-time'],
  judge: atLeast(2, {
    headline: 'Two orders were sent at once, and in no order of events was the function debit at work on 2 of them.',
    hintId: 'one-at-a-time',
  }),
});

const onlyUnreadableIsDead = check(debitBesideUnreadable, {
  id: 'only-unreadable-is-dead',
  task: 1,
  title: 'an unreadable message takes no other one along',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: besideUnreadable,
  failures: ['neighbour-dead'],
  judge: ({ observation }) => neverDebited(observation, 'neighbour-dead') ?? otherDead(observation),
});

const lateDebitDuplicate = check(debitLater, {
  id: 'late-debit-duplicate',
  task: 1,
  title: 'an attempt minutes or days later takes nothing',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['debited-later', 'never-debited'],
  judge: ({ observation }) =>
    tooOften(observation.debits, 'debited', 'debited-later') ?? neverDebited(observation, 'never-debited'),
});

const batchHeldDuplicate = countingCheck(debitBatch, mostInOneBatch(), {
  id: 'batch-held-several',
  task: 1,
  title: 'a batch held several debits',
  kind: 'reach',
  points: 0,
  failures: ['nothing-offered'],
  judge: atLeast(2, { headline: 'In no order were 2 messages in one batch.', hintId: 'nothing-offered' }),
});

const debitsOfBatch = check(debitBatch, {
  id: 'debits-of-a-batch',
  task: 1,
  title: 'of a batch with a duplicate in it, each order is debited once',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: batchHeldDuplicate,
  failures: ['debited-twice', 'never-debited', 'duplicate-dead'],
  judge: ({ observation }) =>
    debitedTooOften(observation) ?? neverDebited(observation, 'never-debited') ?? duplicateIsDead(observation),
});

const ownAmounts = (scenario: LabScenario<DebitRun>, id: string, title: string) =>
  check(scenario, {
    id,
    task: 1,
    title,
    kind: 'invariant',
    points: 1,
    guard: true,
    failures: ['other-debit'],
    judge: ({ observation }) => otherDebit(observation),
  });

const debitsAsSent = ownAmounts(
  debitTwice,
  'debits-as-sent',
  'each debit is of an order that was sent, with its amount',
);
const batchAsSent = ownAmounts(debitBatch, 'debits-of-a-batch-as-sent', 'so it is in a batch');

const saturdayDebits = check(saturday, {
  id: 'saturday-debits',
  task: 1,
  title: 'on Saturday, 30 debits once each',
  kind: 'at-rest',
  points: 1,
  failures: ['debited-twice', 'never-debited', 'other-debit', 'duplicate-dead'],
  judge: ({ observation }) => {
    const { debit } = observation;
    return (
      debitedTooOften(debit) ?? neverDebited(debit, 'never-debited') ?? otherDebit(debit) ?? duplicateIsDead(debit)
    );
  },
});

function debitedTooOften({ debits }: DebitRun): Failing<'debited-twice'> | null {
  return tooOften(debits, 'debited', 'debited-twice');
}

function otherDebit({ sent, debits }: DebitRun): Failing<'other-debit'> | null {
  return otherThanSent(sent, debits, 'debited', 'other-debit');
}

export const debitChecks: readonly LabCheck[] = [
  oneDebitPerOrder,
  everyOrderDebited,
  sameAmountPasses,
  alikeDebitedOnce,
  debitDuplicatesDone,
  ordersSideBySide,
  onlyUnreadableIsDead,
  lateDebitDuplicate,
  debitsOfBatch,
  debitsAsSent,
  batchAsSent,
  batchHeldDuplicate,
  debitsOfferedAtOnce,
  besideUnreadable,
  saturdayDebits,
];
