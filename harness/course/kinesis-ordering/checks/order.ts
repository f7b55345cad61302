/**
 * The checks of tasks 1 and 2: each account in order, accounts side by side, and the pace.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { mostInFlight } from '../../kit/counters/in-flight.ts';
import { mostInOneBatch } from '../../kit/counters/messages.ts';
import { CALLERS, MOST_AGE_MS, rush } from '../scenarios/rush.ts';
import { oneBatch, twoAccounts } from '../scenarios/small.ts';
import { APPLY, cutOff, oneKeyForEach, waitsForFunction } from './counters.ts';
import { wrongAccount } from './wrong-accounts.ts';

/** The danger, measured on what was told: several events of one account came at once, and changed accounts. */
const severalAtOnce = check(twoAccounts, {
  id: 'several-at-once',
  task: 1,
  title: 'several events of one account are published at once, and accounts change',
  kind: 'reach',
  points: 0,
  failures: ['nothing-arrives'],
  judge: ({ observation: { events, items } }) => {
    const accounts = new Set(events.map(({ account }) => account));
    if (events.length > accounts.size && items.length >= accounts.size) return null;
    return {
      headline: 'In no schedule did events reach the consumer and change an account.',
      hintId: 'nothing-arrives',
    };
  },
});

const inOrder = countingCheck(twoAccounts, oneKeyForEach(), {
  id: 'in-order',
  task: 1,
  title: 'the events of an account take effect in their order',
  kind: 'invariant',
  points: 3,
  provokedBy: severalAtOnce,
  failures: ['out-of-order', 'handled-out-of-order'],
  judge: ({ observation, count: keyIsRight }) =>
    wrongAccount(observation, keyIsRight ? 'handled-out-of-order' : 'out-of-order'),
});

const sideBySide = countingCheck(twoAccounts, mostInFlight(APPLY), {
  id: 'side-by-side',
  task: 1,
  title: 'accounts are worked on side by side',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['one-at-a-time'],
  judge: atLeast(2, {
    headline: 'In no schedule were two accounts worked on at once, although the stream has two shards.',
    hintId: 'one-at-a-time',
  }),
});

const recordsTogether = countingCheck(oneBatch, mostInOneBatch(), {
  id: 'records-together',
  task: 2,
  title: 'a batch has several records',
  kind: 'reach',
  points: 1,
  failures: ['single-records'],
  judge: atLeast(2, {
    headline: 'Four records were in one lane, and in no schedule did a batch have two of them.',
    hintId: 'single-records',
  }),
});

const batchInOrder = check(oneBatch, {
  id: 'batch-in-order',
  task: 2,
  title: 'within a batch, an account stays in order',
  kind: 'invariant',
  points: 2,
  provokedBy: recordsTogether,
  failures: ['batch-out-of-order'],
  judge: ({ observation }) => wrongAccount(observation, 'batch-out-of-order'),
});

const keepsUp = countingCheck(rush, waitsForFunction(), {
  id: 'keeps-up',
  task: 2,
  title: `in the rush, no record waits more than ${MOST_AGE_MS / 1_000} seconds for the function`,
  kind: 'timed',
  points: 3,
  failures: ['too-slow', 'rush-out-of-order'],
  judge: ({ observation, count: waits }) => {
    const longest = waits.reduce((most, { ms }) => Math.max(most, ms), 0);
    const seconds = Math.round(longest / 1_000);
    if (longest > MOST_AGE_MS)
      return { headline: `A record waited ${seconds} seconds until the function had it.`, hintId: 'too-slow' };
    return wrongAccount(observation, 'rush-out-of-order');
  },
});

const callers = countingCheck(rush, mostInFlight(APPLY), {
  id: 'four-to-eight',
  task: 2,
  title: `in the rush, at least ${CALLERS.least} batches are worked on at once, and never more than screening’s ${CALLERS.most}`,
  kind: 'timed',
  points: 2,
  failures: ['too-few-batches', 'too-many-callers'],
  judge: ({ count }) => {
    if (count > CALLERS.most) {
      const headline = `${count} batches were worked on at once, and screening takes ${CALLERS.most} callers.`;
      return { headline, hintId: 'too-many-callers' };
    }
    if (count >= CALLERS.least) return null;
    const headline = `${count} ${count === 1 ? 'batch was' : 'batches were'} worked on at once at most, and screening takes ${CALLERS.most} callers.`;
    return { headline, hintId: 'too-few-batches' };
  },
});

const inTime = countingCheck(rush, cutOff(), {
  id: 'in-time',
  task: 2,
  title: 'in the rush, no batch is too long for the function’s timeout',
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['batch-too-long'],
  judge: ({ observation, count }) => {
    if (count === 0) return wrongAccount(observation, 'batch-too-long');
    const times = count === 1 ? 'Once' : `${count} times`;
    return {
      headline: `${times} the timeout cut the function off in the middle of a batch.`,
      hintId: 'batch-too-long',
    };
  },
});

export const orderChecks: readonly LabCheck[] = [
  inOrder,
  sideBySide,
  batchInOrder,
  recordsTogether,
  // A batch that is cut off comes again, and what waits behind it grows old: so the cause is told before its consequence.
  inTime,
  keepsUp,
  callers,
  severalAtOnce,
];
