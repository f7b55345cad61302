/**
 * The checks of task 1: what must be true of debits through a gateway without keys.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { mostInFlight } from '../../kit/counters/in-flight.ts';
import { mostInOneBatch, mostOfferedAtOnce } from '../../kit/counters/messages.ts';
import { debitBesideUnreadable, debitSameAmount, debitTwice } from '../scenarios/debits.ts';
import { saturday } from '../scenarios/saturday.ts';
import { duplicateIsDead, missing, never, orderIn, tooOften } from './orders.ts';

const besideUnreadable = countingCheck(debitBesideUnreadable, mostInOneBatch(), {
  id: 'beside-unreadable',
  task: 1,
  title: 'a batch held a debit and a message that nobody can read',
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
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = observation;
    return never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'never-debited' });
  },
});

const sameAmountPasses = check(debitSameAmount, {
  id: 'same-amount-passes',
  task: 1,
  title: 'two payments of the same amount both pass',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['same-amount'],
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = observation;
    return never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'same-amount' });
  },
});

const debitDuplicatesDone = check(debitTwice, {
  id: 'debit-duplicates-done',
  task: 1,
  title: 'a duplicate is done with: none ends in the dead-letter queue',
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
  title: 'a message that nobody can read takes no other one along',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: besideUnreadable,
  failures: ['neighbour-dead'],
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = observation;
    const lost = never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'neighbour-dead' });
    if (lost !== null) return lost;
    if (deadLetters === 1) return null;
    const headline =
      deadLetters === 0
        ? 'A message that nobody can read was deleted, 0 messages are in the dead-letter queue, and nobody will know of it.'
        : `1 message can’t be read, and ${deadLetters} messages are in the dead-letter queue.`;
    return { headline, hintId: 'neighbour-dead' };
  },
});

const saturdayDebits = check(saturday, {
  id: 'saturday-debits',
  task: 1,
  title: 'on Saturday, 30 debits once each',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['debited-twice', 'never-debited'],
  judge: ({ observation }) => {
    const { sent, debits, deadLetters, left } = observation.debit;
    return (
      tooOften(debits, 'debited', 'debited-twice') ??
      never(missing(sent, debits), 'debited', { deadLetters, left, hintId: 'never-debited' })
    );
  },
});

export const debitChecks: readonly LabCheck[] = [
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
