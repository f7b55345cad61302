/**
 * The small scenarios of orders: few events, a legacy system that takes two at once, and every schedule of them.
 *
 * Task 1 sends more orders than legacy takes at once. Task 2 lets legacy, the table and the function fail. Task 4 sends several states of one
 * order, and events that come twice.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, DAY_MS, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { apart, atOnce, change, type OrderRun, type Story, tell } from './shop.ts';

/** What legacy takes at once in the small scenarios. An event source mapping can't be limited to less (SE-10). */
export const SMALL_CAPACITY = 2;

/** The neighbours do nothing here, and their plan is judged elsewhere. */
const SMALL = { LegacyCapacity: String(SMALL_CAPACITY), TeamConcurrency: '1', CheckoutConcurrency: '1' };

export const threeAtOnce: LabScenario<OrderRun, Story> = {
  name: 'three-at-once',
  title: 'three orders at once, and legacy takes two',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [
    {
      title: 'Three customers order at the same moment.',
      rounds: atOnce(change('o-17'), change('o-18'), change('o-19')),
    },
    {
      title: 'One customer orders three times as the month ends; the orders cost the same.',
      startsAtMs: BEFORE.aMonth,
      rounds: atOnce(
        change('17', 3, { customer: 'Ines #9', amount: 1 }),
        change('17/é', 3, { customer: 'Ines #9', amount: 1 }),
        change('O-17', 3, { customer: 'Ines #9', amount: 1 }),
      ),
    },
  ],
  run: tell,
};

export const trouble: LabScenario<OrderRun, Story> = {
  name: 'trouble',
  title: 'an order, a crash, and legacy turns a request away',
  parameters: SMALL,
  // One failure less than Lambda makes attempts (LA-04).
  faults: { 'crash-before': 1, 'crash-after': 1, refused: 1 },
  plan: exhaustive(),
  situations: [
    { title: 'A customer orders while legacy is short of time.', rounds: atOnce(change('o-17')) },
    {
      title: 'An order of nothing is changed as the year ends, a week after it was booked.',
      startsAtMs: BEFORE.aYear,
      before: [{ ...change('17/é', 1, { customer: 'c-9' }), reference: 'L-before' }],
      rounds: atOnce(change('17/é', 2, { customer: 'c-9', amount: 0 })),
    },
  ],
  run: tell,
};

export const poison: LabScenario<OrderRun, Story> = {
  name: 'poison',
  title: 'an order that legacy can never book, and one beside it',
  parameters: SMALL,
  faults: { refused: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer orders for 12,000.00, and legacy’s amounts have six digits.',
      rounds: atOnce(change('o-17', 1, { amount: 1_200_000 }), change('o-18')),
    },
    {
      title: 'An order grows until legacy can’t book it any more, as the hour ends; a person looks a day later.',
      startsAtMs: BEFORE.anHour,
      lookedAtAfterMs: DAY_MS,
      rounds: apart(
        SECOND_MS,
        change('o/17', 1, { amount: 999_999, customer: 'c-1' }),
        change('o/17', 2, { amount: 1_000_000, customer: 'c-1' }),
      ),
    },
  ],
  run: tell,
};

export const tableInTrouble: LabScenario<OrderRun, Story> = {
  name: 'table-in-trouble',
  title: 'one order, and the table refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS },
  faultsAt: ['DynamoDB'],
  plan: exhaustive(),
  situations: [{ title: 'A customer orders while the table refuses calls.', rounds: atOnce(change('o-17')) }],
  run: tell,
};

export const overtakingStates: LabScenario<OrderRun, Story> = {
  name: 'overtaken',
  title: 'two states of one order, at once, and an event may come twice',
  parameters: SMALL,
  faults: { duplicate: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer orders, and changes the order at the same moment.',
      rounds: atOnce(change('o-17', 1), change('o-17', 2, { amount: 5_100 })),
    },
  ],
  run: tell,
};

export const crashed: LabScenario<OrderRun, Story> = {
  name: 'crashed',
  title: 'two states of one order, one after the other, and the function may crash',
  parameters: SMALL,
  faults: { 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer orders, and changes the order a second later.',
      rounds: apart(SECOND_MS, change('o-17', 1), change('o-17', 2, { amount: 5_100 })),
    },
  ],
  run: tell,
};

/** Pairs that become one when they are cut, cleaned up or joined. What tells them apart is the whole order and its version. */
const LOOKING_ALIKE = [
  change('o-1', 11),
  change('o-11', 1),
  change('o-1/1', 1),
  change('o-1', 1),
  change('O-1', 1),
  change('o-1 ', 1),
  change('1', 1),
  change('01', 1),
  change('é', 1),
  change('e\u0301', 1),
  // The second one is the first one and 256: they share their low bytes.
  change('o-é', 1),
  change('o-ǩ', 1),
  change('0190c2a4-7b1e-7f00-8a3b-1d2e3f405a61', 1),
  change('0190c2a4-7b1e-7f00-8a3b-1d2e3f405a62', 1),
];

export const later: LabScenario<OrderRun, Story> = {
  name: 'later',
  title: 'states of orders that come late, again, or look alike',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The shop sends the first state of o-17 a second time, eleven minutes after the second one.',
      rounds: apart(11 * MINUTE_MS, change('o-17', 1), change('o-17', 2, { amount: 5_100 }), change('o-17', 1)),
    },
    {
      title: 'An order passes to another customer, and an old state of it comes at last, ten days late.',
      startsAtMs: BEFORE.midnight,
      before: [{ ...change('o-9', 9, { customer: ' c-9 ' }), reference: 'L-before' }],
      rounds: apart(
        10 * DAY_MS,
        change('o-9', 10, { customer: 'c-10', amount: 3 }),
        change('o-9', 8, { customer: ' c-9 ' }),
      ),
    },
    {
      title: 'The newest state of an order comes three times, minutes and days apart.',
      startsAtMs: BEFORE.anHour,
      rounds: [
        ...apart(6 * MINUTE_MS, change('17', 1, { amount: 0 }), change('17', 1, { amount: 0 })),
        ...apart(3 * DAY_MS, change('17', 1, { amount: 0 })).map((round) => ({ ...round, afterMs: 3 * DAY_MS })),
      ],
    },
    {
      title: 'Orders whose names look alike come one after the other, and the first of them again.',
      rounds: apart(SECOND_MS, ...LOOKING_ALIKE, ...LOOKING_ALIKE.slice(0, 1)),
    },
  ],
  run: tell,
};
