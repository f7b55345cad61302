/**
 * The scenarios of task 4: events that can never be applied, with healthy ones beside them.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, MINUTE_MS } from '../../kit/instants.ts';
import { exhaustive, timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { OutboxRow } from '../orders.ts';
import { inOneCall, type Round, row, type ShopRun, type Story, tell } from './shop.ts';
import { SMALL } from './small.ts';

/** What is no event: it has no quantity, or not even that. */
const broken = (id: string, orderId: string, more: object = {}): OutboxRow => ({
  id,
  event: { orderId, customer: 'c-4', sku: 'broken', ...more },
});

export const poison: LabScenario<ShopRun, Story> = {
  name: 'poison',
  title: 'an event that can never be applied, between the events of two orders',
  parameters: { ...SMALL, MaxReceives: '2' },
  // For a handler that writes letters itself: a letter may be refused, or only some of several be taken.
  faults: { throttled: CLIENT_ATTEMPTS, partial: 1 },
  faultsAt: ['SQS'],
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer orders a thousand mugs between two other changes, and legacy’s quantities have three digits.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(
        row('e-1', 'o-17', 3),
        row('e-2', 'o-17', 1_000),
        row('e-3', 'o-17', -1),
        row('e-4', 'o-18', 5),
      ),
    },
    {
      title: 'An order begins with an article that legacy can’t write down, in a batch with another order.',
      startsAtMs: BEFORE.anHour,
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(
        row('7', '17', -999, { sku: 'teaspoons' }),
        row('8', '17', 999, { sku: 'teaspoon' }),
        row('9', '1/7', 1, { sku: 'teaspoon' }),
      ),
    },
    {
      title: 'Billing gets what is no event, in three orders.',
      startsAtMs: BEFORE.midnight,
      consumers: ['bill'],
      isPaused: true,
      rounds: inOneCall(
        row('e-1', 'o-17', 1_000),
        broken('e-2', 'o-17'),
        broken('e-3', 'o-18', { quantity: 'two' }),
        row('e-4', 'o-18', 2),
        row('e-5', 'o-19', 0),
        broken('e-6', 'o-19', { sku: undefined, quantity: 1 }),
      ),
    },
    {
      title: 'A customer orders a thousand mugs, and then a thousand mugs.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 1_000), row('e-2', 'o-17', 1_000)),
    },
    {
      title: 'Three orders have quantities that legacy can just write down, and a fourth one has none.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(
        row('e-1', 'o-17', 999),
        row('e-2', 'o-18', -999),
        row('e-3', 'o-19', -100),
        broken('e-4', 'o-20'),
      ),
    },
    {
      title: 'The order is changed once more, a minute after its broken event.',
      consumers: ['stock'],
      rounds: [
        { afterMs: 0, rows: [broken('e-1', 'o-17', { quantity: 1.5 })] },
        { afterMs: MINUTE_MS, rows: [row('e-2', 'o-17', 2)] },
      ],
    },
  ],
  run: tell,
};

/** One of the orders, whose later events may wait. */
export const POISONED = 'o-1';

/** Six orders are changed at the same time, and then again. */
const changes = (round: number): readonly OutboxRow[] =>
  ['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6'].map((orderId, at) => row(`e-${round}-${orderId}`, orderId, round + at));

/** How many other orders come while one is held up. A group that is shared by chance has some of them. */
const OTHERS = 160;
/** Legacy books two a second. */
const BETWEEN_OTHERS_MS = 640;

/** They come one after the other, each with one event. */
const others: readonly Round[] = Array.from({ length: OTHERS }, (_, at) => ({
  afterMs: BETWEEN_OTHERS_MS,
  rows: [row(`f-${at}`, `p-${at}`, 1 + (at % 9))],
}));

export const poisonByTheClock: LabScenario<ShopRun, Story> = {
  name: 'poison-by-the-clock',
  title: 'by the clock: many orders, and an event of one of them can never be applied',
  parameters: { LegacyCapacity: '5', HiddenSeconds: '36' },
  plan: timed({ seeds: 2 }),
  situations: [
    {
      title: 'A customer orders a thousand mugs; five other orders go on.',
      consumers: ['stock'],
      isByTheClock: true,
      rounds: [
        { afterMs: 0, rows: changes(1) },
        { afterMs: 1_000, rows: [row('e-poison', POISONED, 1_000), ...changes(2)] },
        { afterMs: 10_000, rows: changes(3) },
        { afterMs: 10_000, rows: changes(4) },
      ],
    },
    {
      title: `A customer orders a thousand mugs, and while that order waits ${OTHERS} others come.`,
      startsAtMs: BEFORE.midnight,
      consumers: ['stock'],
      isByTheClock: true,
      rounds: [{ afterMs: 0, rows: [row('e-poison', POISONED, 1_000)] }, ...others],
    },
  ],
  run: tell,
};
