/**
 * The scenario of task 2 at the size of the story, by the clock: 200 events of 40 orders, and legacy takes five at once.
 */

import { BEFORE } from '../../kit/instants.ts';
import { timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { OutboxRow } from '../orders.ts';
import { type Round, row, type ShopRun, type Story, tell } from './shop.ts';

/** What legacy takes at once, in the story. */
export const CAPACITY = 5;

const ORDERS = 40;
const UNITS_LEFT = 40;
export const RUSH_EVENTS = 200;
/** How many rows the shop hands over with one call. */
const ROWS = 50;

/** An order has several of them. */
const ARTICLES = ['mug', 'plate', 'bowl'];

/** The events of some orders, turn by turn. */
function turns(orders: number, events: number, more: Parameters<typeof row>[3] = {}): readonly OutboxRow[] {
  return Array.from({ length: events }, (_, at) => {
    const sku = ARTICLES[at % ARTICLES.length];
    return row(`e-${at}`, `o-${at % orders}`, at % 4 === 3 ? -1 : 1 + (at % 7), { ...(sku && { sku }), ...more });
  });
}

function inCalls(rows: readonly OutboxRow[]): readonly Round[] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, call) => ({
    afterMs: 0,
    rows: rows.slice(call * ROWS, (call + 1) * ROWS),
  }));
}

export const rush: LabScenario<ShopRun, Story> = {
  name: 'rush',
  title: `at the size of the story (${RUSH_EVENTS} events of ${ORDERS} orders, and legacy takes ${CAPACITY} at once)`,
  // What is left of the account's concurrency. A stack without a cap has as many environments at once.
  accountConcurrency: UNITS_LEFT,
  unreservedFloor: 1,
  plan: timed({ seeds: 2 }),
  situations: [
    {
      title: `${ORDERS} orders are changed five times each, in half a minute.`,
      consumers: ['bill', 'stock'],
      isByTheClock: true,
      rounds: inCalls(turns(ORDERS, RUSH_EVENTS)),
    },
    {
      title: 'Ten orders are changed ten times each before midnight; all changes are alike.',
      startsAtMs: BEFORE.midnight,
      consumers: ['bill', 'stock'],
      isByTheClock: true,
      rounds: inCalls(turns(10, 100, { quantity: 1, sku: 'mug' })),
    },
  ],
  run: tell,
};
