/**
 * The checks of task 5: the producer keeps the order of each account, loses nothing, and knows how much it has on its way.
 */

import { check, countingCheck, type Failing, type LabCheck } from '../../kit/check.ts';
import {
  burst,
  HIGH_WATER_MARK,
  oneTooMany,
  publishing,
  publishingAgain,
  refusedForLong,
  type StreamRun,
} from '../scenarios/publishing.ts';
import { mostUnanswered } from './counters.ts';
import { wrongStream } from './wrong-stream.ts';

const publishedInOrder = check(publishing, {
  id: 'published-in-order',
  task: 5,
  title: 'events of an account are on the stream in order, and all of them, whatever the stream does with a call',
  kind: 'invariant',
  points: 3,
  failures: ['published-otherwise'],
  judge: ({ observation }) => wrongStream(observation, 'published-otherwise'),
});

const publishedOnce = check(publishingAgain, {
  id: 'published-in-trouble',
  task: 5,
  title: 'while calls to the stream fail, or are done and not answered, nothing is lost',
  kind: 'invariant',
  points: 1,
  failures: ['published-otherwise'],
  judge: ({ observation }) => wrongStream(observation, 'published-otherwise'),
});

const highWater = countingCheck(burst, mostUnanswered(), {
  id: 'high-water',
  task: 5,
  title: `in a burst, no more records are on their way without an answer than HighWaterMark says (${HIGH_WATER_MARK}), and all are published in time`,
  kind: 'timed',
  points: 2,
  failures: ['above-high-water', 'burst-not-published'],
  judge: ({ observation, count }) =>
    aboveTheMark(observation, count) ?? wrongStream(observation, 'burst-not-published'),
});

const highWaterInTrouble = countingCheck(oneTooMany, mostUnanswered(), {
  id: 'high-water-in-trouble',
  task: 5,
  title: 'what the stream has refused needs a place under the high-water mark again',
  kind: 'invariant',
  points: 1,
  failures: ['above-high-water', 'published-otherwise'],
  judge: ({ observation, count }) =>
    aboveTheMark(observation, count) ?? wrongStream(observation, 'published-otherwise'),
});

const publishedAtLast = check(refusedForLong, {
  id: 'published-at-last',
  task: 5,
  title: 'a producer that gives up says so',
  kind: 'invariant',
  points: 1,
  failures: ['gave-up-quietly'],
  judge: ({ observation }) => wrongStream(observation, 'gave-up-quietly'),
});

function aboveTheMark({ highWaterMark }: StreamRun, count: number): Failing<'above-high-water'> | null {
  if (count <= highWaterMark) return null;
  const headline = `${count} records were on their way without an answer, and the high-water mark is ${highWaterMark}.`;
  return { headline, hintId: 'above-high-water' };
}

export const producerChecks: readonly LabCheck[] = [
  publishedInOrder,
  publishedOnce,
  publishedAtLast,
  highWater,
  highWaterInTrouble,
];
