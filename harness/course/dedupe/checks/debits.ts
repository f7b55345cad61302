/**
 * The checks of task 1: what must be true of debits through a gateway without keys.
 */

import type { Check, Observation } from '../../lab.ts';
import type { DebitRun } from '../scenarios/debits.ts';
import { missing, mostOfferedAtOnce, never, tooOften } from './orders.ts';

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
  debitsOfferedAtOnce,
  saturdayDebits,
];
