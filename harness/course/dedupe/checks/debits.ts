/**
 * The checks of task 1: what must be true of debits through a gateway without keys.
 */

import type { Check, Observation } from '../../lab.ts';
import type { DebitRun } from '../scenarios/debits.ts';
import { duplicateIsDead, missing, mostAtOnce, mostInOneBatch, mostOfferedAtOnce, never, tooOften } from './orders.ts';

const runOf = (observation: Observation): DebitRun => observation as unknown as DebitRun;

const oneDebitPerOrder: Check = {
  id: 'one-debit-per-order',
  task: 1,
  title: 'each order is debited once',
  kind: 'invariant',
  scenario: 'debit-twice',
  points: 3,
  provokedBy: 'debits-offered-at-once',
  judge: ({ observation }) => tooOften(runOf(observation).debits, 'debited', 'debited-twice'),
};

const everyOrderDebited: Check = {
  id: 'every-order-debited',
  task: 1,
  title: 'every order is debited',
  kind: 'at-rest',
  scenario: 'debit-twice',
  points: 1,
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = runOf(observation);
    return never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'never-debited' });
  },
};

const sameAmountPasses: Check = {
  id: 'same-amount-passes',
  task: 1,
  title: 'two payments of the same amount both pass',
  kind: 'at-rest',
  scenario: 'debit-same-amount',
  points: 1,
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = runOf(observation);
    return never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'same-amount' });
  },
};

const debitDuplicatesDone: Check = {
  id: 'debit-duplicates-done',
  task: 1,
  title: 'a duplicate is done with: none ends in the dead-letter queue',
  kind: 'at-rest',
  scenario: 'debit-twice',
  points: 1,
  judge: ({ observation }) => duplicateIsDead(runOf(observation)),
};

const ordersSideBySide: Check = {
  id: 'orders-side-by-side',
  task: 1,
  title: 'two orders can be worked on at the same time',
  kind: 'reach',
  scenario: 'debit-same-amount',
  points: 1,
  sees: 'invocations',
  watches: ['invocation-started', 'invocation-ended'],
  judge: ({ trace }) =>
    mostAtOnce(trace, 'debit') >= 2
      ? null
      : {
          headline:
            'Two orders were sent at once, and in no order of events was the function debit at work on 2 of them.',
          hintId: 'one-at-a-time',
        },
};

const onlyUnreadableIsDead: Check = {
  id: 'only-unreadable-is-dead',
  task: 1,
  title: 'a message that nobody can read takes no other one along',
  kind: 'at-rest',
  scenario: 'debit-beside-unreadable',
  points: 1,
  provokedBy: 'beside-unreadable',
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = runOf(observation);
    const lost = never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'neighbour-dead' });
    if (lost !== null) return lost;
    if (deadLetters === 1) return null;
    const headline =
      deadLetters === 0
        ? 'A message that nobody can read was deleted, 0 messages are in the dead-letter queue, and nobody will know of it.'
        : `1 message can’t be read, and ${deadLetters} messages are in the dead-letter queue.`;
    return { headline, hintId: 'neighbour-dead' };
  },
};

const besideUnreadable: Check = {
  id: 'beside-unreadable',
  task: 1,
  title: 'a batch held a debit and a message that nobody can read',
  kind: 'reach',
  scenario: 'debit-beside-unreadable',
  points: 0,
  sees: 'invocations',
  watches: ['invocation-started'],
  judge: ({ trace }) =>
    mostInOneBatch(trace) >= 2
      ? null
      : { headline: 'In no order were 2 messages in one batch.', hintId: 'nothing-offered' },
};

const debitsOfferedAtOnce: Check = {
  id: 'debits-offered-at-once',
  task: 1,
  title: 'two deliveries of one debit were offered at once',
  kind: 'reach',
  scenario: 'debit-twice',
  points: 0,
  sees: 'trace',
  watches: ['message-sent', 'message-deleted'],
  judge: ({ trace }) =>
    mostOfferedAtOnce(trace) >= 2
      ? null
      : { headline: 'In no order were 2 deliveries of one debit offered at once.', hintId: 'nothing-offered' },
};

const saturdayDebits: Check = {
  id: 'saturday-debits',
  task: 1,
  title: 'on Saturday, 30 debits once each',
  kind: 'at-rest',
  scenario: 'saturday',
  points: 1,
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = (observation as { readonly debit: DebitRun }).debit;
    return (
      tooOften(debits, 'debited', 'debited-twice') ??
      never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'never-debited' })
    );
  },
};

export const debitChecks: readonly Check[] = [
  oneDebitPerOrder,
  everyOrderDebited,
  sameAmountPasses,
  debitDuplicatesDone,
  ordersSideBySide,
  onlyUnreadableIsDead,
  debitsOfferedAtOnce,
  besideUnreadable,
  saturdayDebits,
];
