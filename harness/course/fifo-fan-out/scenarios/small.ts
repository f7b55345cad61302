/**
 * The small scenarios of tasks 1 to 3: a handful of events, a legacy system that takes two at once, and every schedule of them.
 *
 * In most of them one consumer is switched off. Each has a queue of its own, so what it does has nothing to do with the other one, but the schedules of both
 * together would be as many as those of the one times those of the other.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, HOUR_MS, MINUTE_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { inOneCall, row, type ShopRun, type Story, tell } from './shop.ts';

/** What legacy takes at once in the small scenarios. A mapping can't be limited to less (SE-09). */
export const SMALL_CAPACITY = 2;

/** Where a wrong answer has too many schedules to try them all, it fails in most of them. So few samples are enough. */
export const FEW_SAMPLES = { samples: 100 };

/** The timeout of the functions: a mapping refuses a queue that hides messages for less (SE-04). */
export const SMALL = { LegacyCapacity: String(SMALL_CAPACITY), MaxReceives: '3', HiddenSeconds: '6' };

/** Task 1: events of two orders, through the learner's publisher. */
export const twoOrders: LabScenario<ShopRun, Story> = {
  name: 'two-orders',
  title: 'events of two orders, published with one call',
  parameters: SMALL,
  plan: exhaustive(FEW_SAMPLES),
  situations: [
    {
      title: 'A customer orders three mugs and takes one back; billing hears it.',
      consumers: ['bill'],
      rounds: inOneCall(row('e-1', 'o-17', 3), row('e-2', 'o-17', -1), row('e-3', 'o-18', 5)),
    },
    {
      title: 'Two customers change one order as the month ends, each another article; the warehouse hears it.',
      startsAtMs: BEFORE.aMonth,
      consumers: ['stock'],
      rounds: inOneCall(
        row('90', '17', 2, { sku: 'plate' }),
        row('100', '17', -2, { sku: 'bowl', customer: 'c-5' }),
        row('11', '1/7', 2, { sku: 'plate' }),
      ),
    },
  ],
  run: tell,
};

/** Task 1: what is handed over twice, and what only looks as if. */
export const handedOverAgain: LabScenario<ShopRun, Story> = {
  name: 'handed-over-again',
  title: 'rows that the shop hands over again within five minutes, and events that tell the same',
  parameters: SMALL,
  faults: { 'failed-after': 1, partial: 1 },
  faultsAt: ['SNS'],
  plan: exhaustive(FEW_SAMPLES),
  situations: [
    {
      title: 'A customer orders a mug, and then another one. The topic may take an event and not say so.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 1), row('e-2', 'o-17', 1)),
    },
    {
      title: 'The shop hands two rows over again, four minutes later.',
      startsAtMs: BEFORE.aYear,
      consumers: ['bill'],
      isPaused: true,
      rounds: [0, 4].map((minutes) => ({
        afterMs: minutes * MINUTE_MS,
        rows: [row('9', '17', 2, { sku: 'plate' }), row('10', '17', -1, { sku: 'plate' })],
      })),
    },
  ],
  run: tell,
};

/** Task 1: the topic has no time, as often as a client asks. The shop hands over again what the publisher could not publish. */
export const topicRefuses: LabScenario<ShopRun, Story> = {
  name: 'topic-refuses',
  title: 'two events of an order, and the topic refuses calls for a while',
  parameters: SMALL,
  // As often as SNS's client asks (the SDK's own default).
  faults: { throttled: 3 },
  faultsAt: ['SNS'],
  plan: exhaustive(FEW_SAMPLES),
  situations: [
    {
      title: 'A customer orders three mugs and takes one back; the warehouse hears it when all is published.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 3), row('e-2', 'o-17', -1)),
    },
  ],
  run: tell,
};

/** Task 1: the topic has no time for longer than a publisher that tries again by itself is patient, and then it has. */
export const topicOutage: LabScenario<ShopRun, Story> = {
  name: 'topic-outage',
  title: 'an event of an order, and the topic refuses calls for a long while',
  parameters: SMALL,
  // Four times as many as SNS's client asks. The shop hands a row over once more after that.
  faults: { throttled: 12 },
  faultsAt: ['SNS'],
  plan: exhaustive(FEW_SAMPLES),
  situations: [
    {
      title: 'A customer orders three mugs, and the topic takes the event in the end.',
      consumers: ['bill'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 3)),
    },
  ],
  run: tell,
};

/** Task 2: legacy is busy with two orders for longer than the mapping tries to hand on what it has taken. */
export const busy: LabScenario<ShopRun, Story> = {
  name: 'busy',
  title: 'three orders wait, and legacy takes two requests at once',
  // No attempt fails here, so nothing need be received twice.
  parameters: { ...SMALL, MaxReceives: '1' },
  plan: exhaustive(FEW_SAMPLES),
  situations: [
    {
      title: 'The warehouse begins to work after a pause. Two orders have two events, and the third one has one.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(
        row('e-1', 'o-17', 3),
        row('e-2', 'o-17', -1),
        row('e-3', 'o-18', 5),
        row('e-4', 'o-18', 1, { sku: 'plate' }),
        row('e-5', 'o-19', 1),
      ),
    },
    {
      title: 'It begins to work after half a day, and a batch has events of two orders.',
      startsAtMs: BEFORE.midnight,
      consumers: ['stock'],
      isPaused: true,
      pausedForMs: 12 * HOUR_MS,
      rounds: inOneCall(
        row('8', '17', 1, { sku: 'plate' }),
        row('9', '18', 1, { sku: 'plate' }),
        row('10', '19', 1, { sku: 'plate' }),
        row('11', '20', 1, { sku: 'plate' }),
      ),
    },
  ],
  run: tell,
};

/** Task 3: one event fails, and others of its batch don't. */
export const legacyRefuses: LabScenario<ShopRun, Story> = {
  name: 'legacy-refuses',
  title: 'events of two orders, and legacy is short of time',
  parameters: SMALL,
  // Less often than a message may be received.
  faults: { refused: 2 },
  plan: exhaustive(),
  situations: [
    {
      title: 'An order has two events, of two customers and two articles, and another order has one.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(
        row('e-1', 'o-17', 3),
        row('e-2', 'o-17', 1, { sku: 'plate', customer: 'c-5' }),
        row('e-3', 'o-18', 5),
      ),
    },
    {
      title: 'Two orders have one event each in a batch, as the hour ends.',
      startsAtMs: BEFORE.anHour,
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(row('8', '17', 1, { sku: 'plate' }), row('9', '1/7', 1, { sku: 'plate' })),
    },
  ],
  run: tell,
};

/** Task 3: the same for billing. */
export const tableRefuses: LabScenario<ShopRun, Story> = {
  name: 'table-refuses',
  title: 'two events of an order, and the table refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS, cancelled: 1 },
  faultsAt: ['DynamoDB'],
  plan: exhaustive(),
  situations: [
    {
      title: 'Billing has two events of an order, of two articles.',
      consumers: ['bill'],
      isPaused: true,
      rounds: inOneCall(row('1', '17', 1, { sku: 'plate' }), row('2', '17', 1, { sku: 'bowl' })),
    },
    {
      title: 'A single event comes as the year ends.',
      startsAtMs: BEFORE.aYear,
      consumers: ['bill'],
      rounds: inOneCall(row('e-1', 'o/17', -1)),
    },
  ],
  run: tell,
};
