/**
 * The checks of task 5: each event takes effect once, whatever comes again and whatever comes late.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { mostDeliveriesOfOne } from '../../kit/counters/messages.ts';
import { again, later, lateWrite } from '../scenarios/again.ts';
import { toldWithoutNeed, wrongOrder } from './wrong-orders.ts';

const cameAgain = countingCheck(again, mostDeliveriesOfOne(), {
  id: 'came-again',
  task: 5,
  title: 'a message was received twice',
  kind: 'reach',
  points: 0,
  failures: ['nothing-came-again'],
  judge: atLeast(2, { headline: 'In no schedule did a consumer get a message twice.', hintId: 'nothing-came-again' }),
});

const appliedOnce = check(again, {
  id: 'applied-once',
  task: 5,
  title: 'a message that comes again takes effect once',
  kind: 'invariant',
  points: 3,
  provokedBy: cameAgain,
  failures: ['applied-again', 'dead-though-applied'],
  judge: ({ observation }) =>
    wrongOrder(observation, 'applied-again') ?? toldWithoutNeed(observation, 'dead-though-applied'),
});

const aCallHung = countingCheck(lateWrite, strikesOf('deadline'), {
  id: 'a-call-hung',
  task: 5,
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
  task: 5,
  title: 'a write that arrives late adds nothing',
  kind: 'invariant',
  points: 2,
  provokedBy: aCallHung,
  failures: ['old-write-won', 'dead-though-applied'],
  judge: ({ observation }) =>
    wrongOrder(observation, 'old-write-won') ?? toldWithoutNeed(observation, 'dead-though-applied'),
});

const repeatedLater = check(later, {
  id: 'repeated-later',
  task: 5,
  title: 'a row that is handed over again after minutes or days is no second event',
  kind: 'at-rest',
  points: 3,
  failures: ['repeated', 'dead-though-applied'],
  judge: ({ observation }) =>
    wrongOrder(observation, 'repeated') ?? toldWithoutNeed(observation, 'dead-though-applied'),
});

export const redeliveryChecks: readonly LabCheck[] = [
  repeatedLater,
  appliedOnce,
  oldWriteRefused,
  cameAgain,
  aCallHung,
];
