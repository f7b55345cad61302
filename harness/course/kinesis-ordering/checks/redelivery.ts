/**
 * The checks of task 3: each event takes effect once, whatever comes again and whatever comes late.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { again, later, lateWrite } from '../scenarios/small.ts';
import { mostGivenOfOne } from './counters.ts';
import { wrongAccount } from './wrong-accounts.ts';

const cameAgain = countingCheck(again, mostGivenOfOne(), {
  id: 'came-again',
  task: 3,
  title: 'a record came twice',
  kind: 'reach',
  points: 0,
  failures: ['nothing-came-again'],
  judge: atLeast(2, { headline: 'In no schedule did the function get a record twice.', hintId: 'nothing-came-again' }),
});

const appliedOnce = countingCheck(again, mostGivenOfOne(), {
  id: 'applied-once',
  task: 3,
  title: 'a record that comes again takes effect once',
  kind: 'invariant',
  points: 3,
  provokedBy: cameAgain,
  failures: ['applied-again', 'repeated'],
  // An account that is wrong although nothing came twice: then its numbers were compared wrongly.
  judge: ({ observation, count }) => wrongAccount(observation, count > 1 ? 'applied-again' : 'repeated'),
});

const aCallHung = countingCheck(lateWrite, strikesOf('deadline'), {
  id: 'a-call-hung',
  task: 3,
  title: 'the function’s time was over while a call was on its way',
  kind: 'reach',
  points: 0,
  failures: ['nothing-hung'],
  judge: atLeast(1, {
    headline: 'In no schedule was the function cut off while a call was on its way.',
    hintId: 'nothing-hung',
  }),
});

const oldWriteRefused = check(lateWrite, {
  id: 'old-write-refused',
  task: 3,
  title: 'a write that arrives late takes nothing back',
  kind: 'invariant',
  points: 2,
  provokedBy: aCallHung,
  failures: ['old-write-won'],
  judge: ({ observation }) => wrongAccount(observation, 'old-write-won'),
});

const repeatsAndNumbers = check(later, {
  id: 'repeats-and-numbers',
  task: 3,
  title: 'events that the producer repeats, long numbers and new shards change nothing',
  kind: 'at-rest',
  points: 2,
  failures: ['repeated'],
  judge: ({ observation }) => wrongAccount(observation, 'repeated'),
});

export const redeliveryChecks: readonly LabCheck[] = [
  appliedOnce,
  oldWriteRefused,
  repeatsAndNumbers,
  cameAgain,
  aCallHung,
];
