/**
 * The checks of task 1: the events of an order in order, orders side by side, and what is one event and what are two.
 */

import { atLeast, check, countingCheck, type Failing, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { eachOnce, ordersDue } from '../orders.ts';
import type { ShopRun } from '../scenarios/shop.ts';
import { handedOverAgain, topicOutage, topicRefuses, twoOrders } from '../scenarios/small.ts';
import { mostAtWorkOfOne } from './counters.ts';
import { linesAtConsumer, wrongOrder } from './wrong-orders.ts';

/** The danger, measured on what was told: several events of one order came at once, and reached the consumer. */
const severalAtOnce = check(twoOrders, {
  id: 'several-at-once',
  task: 1,
  title: 'several events of one order are published at once, and every order reaches a consumer',
  kind: 'reach',
  points: 0,
  failures: ['nothing-arrives'],
  judge: ({ observation }) => {
    if (allArrived(observation)) return null;
    return { headline: 'In no schedule did every order reach a consumer.', hintId: 'nothing-arrives' };
  },
});

/** A consumer that applies nothing of an order has not been put to the test. */
function allArrived(run: ShopRun): boolean {
  return run.consumers.every((consumer) =>
    ordersDue(run.rows, consumer).every(({ orderId }) => linesAtConsumer(run, consumer, orderId).length > 0),
  );
}

const inOrder = check(twoOrders, {
  id: 'in-order',
  task: 1,
  title: 'the events of an order take effect in their order, each once',
  kind: 'invariant',
  points: 3,
  provokedBy: severalAtOnce,
  failures: ['not-published', 'out-of-order'],
  judge: ({ observation }) => neverPublished(observation) ?? wrongOrder(observation, 'out-of-order'),
});

/** What is wrong if the publisher failed at every call: then no consumer can be blamed for what it has not heard of. */
function neverPublished({ isPublished }: ShopRun): Failing<'not-published'> | null {
  if (isPublished) return null;
  return { headline: 'The publisher failed whenever the shop called it.', hintId: 'not-published' };
}

const sideBySide = countingCheck(twoOrders, mostAtWorkOfOne(), {
  id: 'side-by-side',
  task: 1,
  title: 'orders are worked on side by side',
  kind: 'reach',
  points: 1,
  guard: true,
  failures: ['one-at-a-time'],
  judge: atLeast(2, {
    headline: 'In no schedule were two orders worked on at once.',
    hintId: 'one-at-a-time',
  }),
});

const handedOverTwice = countingCheck(handedOverAgain, strikesOf('failed-after'), {
  id: 'handed-over-twice',
  task: 1,
  title: 'an event is published twice, because the first time was not confirmed',
  kind: 'reach',
  points: 0,
  failures: ['nothing-published'],
  judge: atLeast(1, {
    headline: 'In no schedule did the topic take an event without saying so.',
    hintId: 'nothing-published',
  }),
});

const oneEventOnce = check(handedOverAgain, {
  id: 'same-row-same-event',
  task: 1,
  title:
    'a row that is published again within five minutes is no second event, and another row with the same text is one',
  kind: 'invariant',
  points: 3,
  provokedBy: handedOverTwice,
  failures: ['counted-twice', 'swallowed', 'not-published', 'out-of-order'],
  judge: ({ observation }) => {
    const unheard = neverPublished(observation);
    if (unheard !== null) return unheard;
    for (const consumer of observation.consumers) {
      const [told, due] = [linesAt(observation, consumer), eachOnce(observation.rows).length];
      if (told < due) return wrongOrder(observation, 'swallowed');
      if (told > due) return wrongOrder(observation, 'counted-twice');
    }
    return wrongOrder(observation, 'out-of-order');
  },
});

/** The danger: the topic refused, and later it did not. A publisher that never publishes anything has not been put to the test. */
const topicRefused = countingCheck(topicRefuses, strikesOf('throttled'), {
  id: 'topic-refused',
  task: 1,
  title: 'the topic refused to take an event, and took it later',
  kind: 'reach',
  points: 0,
  failures: ['nothing-published'],
  judge: ({ observation: { isPublished }, count }) => {
    if (isPublished && count > 0) return null;
    const headline = 'In no schedule did the topic refuse an event and take it later.';
    return { headline, hintId: 'nothing-published' };
  },
});

const publishedInTrouble = check(topicRefuses, {
  id: 'published-in-trouble',
  task: 1,
  title: 'while the topic refuses calls, no event is lost, and none passes an earlier one of its order',
  kind: 'invariant',
  points: 1,
  provokedBy: topicRefused,
  failures: ['never-published', 'out-of-order'],
  judge: ({ observation }) => {
    if (!observation.isPublished) return null;
    const isLost = linesAt(observation, 'stock') < eachOnce(observation.rows).length;
    return wrongOrder(observation, isLost ? 'never-published' : 'out-of-order');
  },
});

/** The danger: the topic refused for longer than a client asks, and took the event in the end. */
const topicWasOut = countingCheck(topicOutage, strikesOf('throttled'), {
  id: 'topic-was-out',
  task: 1,
  title: 'the topic refused to take an event for a long while, and took it later',
  kind: 'reach',
  points: 0,
  failures: ['nothing-published'],
  judge: ({ observation: { isPublished }, count }) => {
    if (isPublished && count > 0) return null;
    const headline = 'In no schedule did the topic refuse an event and take it later.';
    return { headline, hintId: 'nothing-published' };
  },
});

const publishedAfterOutage = check(topicOutage, {
  id: 'published-after-outage',
  task: 1,
  title: 'what the publisher reports as published is published, however long the topic refuses calls',
  kind: 'invariant',
  points: 1,
  guard: true,
  provokedBy: topicWasOut,
  failures: ['never-published'],
  judge: ({ observation }) => (observation.isPublished ? wrongOrder(observation, 'never-published') : null),
});

function linesAt(run: ShopRun, consumer: ShopRun['consumers'][number]): number {
  return ordersDue(run.rows, consumer).flatMap(({ orderId }) => linesAtConsumer(run, consumer, orderId)).length;
}

export const orderChecks: readonly LabCheck[] = [
  ...[inOrder, sideBySide, oneEventOnce, publishedInTrouble, publishedAfterOutage],
  ...[severalAtOnce, handedOverTwice, topicRefused, topicWasOut],
];
