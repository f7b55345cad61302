/**
 * The scenario at the size of the story, by the clock: 200 orders within a second, and legacy takes five at once.
 *
 * It has too many schedules to try them all, and one that is drawn at random hardly ever has five requests in legacy at the same moment. With
 * legacy's service time a run has.
 */

import { BEFORE } from '../../kit/instants.ts';
import { timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { OrderState } from '../legacy.ts';
import { atOnce, change, type OrderRun, type Story, tell } from './shop.ts';

/** What legacy takes at once, in the story. */
export const CAPACITY = 5;

const ORDERS = 200;
/** Each seed draws other latencies. */
const SEEDS = 2;

/**
 * What is left of the account's concurrency on that day. A stack without a cap has as many environments at once, and with the account's 1,000 it would have one for
 * each order, which take half a minute and more memory than a learner's code gets.
 */
const UNITS_LEFT = 40;

export const sale: LabScenario<OrderRun, Story> = {
  name: 'sale',
  title: `at the size of the story (200 orders, legacy takes ${CAPACITY} at once, and ${UNITS_LEFT} units are left)`,
  parameters: { LegacyCapacity: String(CAPACITY), TeamConcurrency: '1', CheckoutConcurrency: '1' },
  accountConcurrency: UNITS_LEFT,
  unreservedFloor: 1,
  plan: timed({ seeds: SEEDS }),
  situations: [
    {
      title: '200 orders come within a second.',
      rounds: atOnce(...each(ORDERS, (number) => [change(`o-${number}`, 1, { amount: 100 * number })])),
    },
    {
      title: '100 orders come shortly before midnight, and a change of each; some were there before.',
      startsAtMs: BEFORE.midnight,
      before: each(10, (number) => [{ ...change(`${number}`, 4), reference: `L-before-${number}` }]),
      rounds: atOnce(
        ...each(ORDERS / 2, (number) => {
          const customer = `c-${number % 7}`;
          return [change(`${number}`, 5, { customer }), change(`${number}`, 6, { customer, amount: 17 * number })];
        }),
      ),
    },
  ],
  run: tell,
};

/** The numbers from 1, each with what it stands for. */
function each<Made extends OrderState>(count: number, make: (number: number) => readonly Made[]): readonly Made[] {
  return Array.from({ length: count }, (_, at) => make(at + 1)).flat();
}
