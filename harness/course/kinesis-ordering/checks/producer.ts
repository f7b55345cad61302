/**
 * The checks of task 5: the producer keeps the order of each account, loses nothing, and knows how much it has on its way.
 */

import { check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { burst, HIGH_WATER_MARK, publishing, publishingAgain } from '../scenarios/publishing.ts';
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
  title: `in a burst, no more records are on their way without an answer than HighWaterMark says (${HIGH_WATER_MARK})`,
  kind: 'timed',
  points: 2,
  failures: ['above-high-water', 'burst-not-published'],
  judge: ({ observation, count }) => {
    const { highWaterMark } = observation;
    if (count <= highWaterMark) return wrongStream(observation, 'burst-not-published');
    const headline = `${count} records were on their way without an answer, and the high-water mark is ${highWaterMark}.`;
    return { headline, hintId: 'above-high-water' };
  },
});

export const producerChecks: readonly LabCheck[] = [publishedInOrder, publishedOnce, highWater];
