/** The costs of lab 3, counted from runs by the clock. */

import { describe, expect, it } from 'vitest';
import { seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import {
  dollarsPerMillionOrders,
  ownAccountDollarsPerMillionOrders,
  type SaleUnits,
  saleDollars,
  saleUnitsOf,
} from './costs.ts';
import { threadPool } from './lab.ts';
import { QUEUE_UNITS, SALE_ORDERS, SOLUTION_UNITS, STARTER_UNITS } from './sale-costs.ts';

async function measure(whose: 'starter' | 'solution', instead?: string): Promise<SaleUnits> {
  const [run] = await runsOf(threadPool, await filesOf(threadPool, whose, instead), 'sale', [seeded(1)]);
  if (run === undefined) throw new Error('there was no run');
  return saleUnitsOf(run.trace);
}

describe('the sale', () => {
  it('costs the stated amounts, in each design', async () => {
    expect(await measure('starter')).toEqual(STARTER_UNITS);
    expect(await measure('solution')).toEqual(SOLUTION_UNITS);
    expect(await measure('solution', 'other-answers/queue-with-a-maximum')).toEqual(QUEUE_UNITS);
  }, 60_000);

  it('costs as much with a cap as without, three and a half dollars for a million orders', () => {
    expect(dollarsPerMillionOrders(STARTER_UNITS, SALE_ORDERS)).toBeCloseTo(3.53, 2);
    expect(dollarsPerMillionOrders(SOLUTION_UNITS, SALE_ORDERS)).toBeCloseTo(3.53, 2);
  });

  it('costs a dollar twenty more with a queue, and a dollar more in an account of its own', () => {
    const solution = dollarsPerMillionOrders(SOLUTION_UNITS, SALE_ORDERS);
    expect(dollarsPerMillionOrders(QUEUE_UNITS, SALE_ORDERS) - solution).toBeCloseTo(1.2, 2);
    expect(ownAccountDollarsPerMillionOrders()).toBe(1);
  });

  it('is half paid for waiting: a function that waits for legacy is billed', () => {
    const waiting = { ...SOLUTION_UNITS, busEvents: 0, invocations: 0, writeUnits: 0 };
    expect(saleDollars(waiting) / saleDollars(SOLUTION_UNITS)).toBeCloseTo(0.48, 2);
  });
});

describe('prices', () => {
  const none: SaleUnits = { busEvents: 0, invocations: 0, billedMs: 0, sqsRequests: 0, writeUnits: 0 };

  it('are those of AWS for a million of each', () => {
    const million = 1_000_000;
    expect(saleDollars({ ...none, busEvents: million })).toBeCloseTo(1);
    expect(saleDollars({ ...none, invocations: million })).toBeCloseTo(0.2);
    expect(saleDollars({ ...none, sqsRequests: million })).toBeCloseTo(0.4);
    expect(saleDollars({ ...none, writeUnits: million })).toBeCloseTo(0.625);
    expect(saleDollars({ ...none, billedMs: 8_000 * 1_000 })).toBeCloseTo(0.016_67);
  });

  it('are zero for no use', () => {
    expect(saleUnitsOf([])).toEqual(none);
    expect(saleDollars(none)).toBe(0);
  });
});
