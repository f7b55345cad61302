/** The costs of lab 4, counted from real runs in their ordinary course. */

import { describe, expect, it } from 'vitest';
import { inOrder } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import { dollarsOf, dollarsPerMillion, type Units, unitsOf } from './costs.ts';
import { dedupe } from './lab.ts';
import { SATURDAY, SOLUTION_UNITS, STARTER_UNITS } from './saturday-costs.ts';

async function measure(whose: 'starter' | 'solution'): Promise<Units> {
  const [run] = await runsOf(dedupe, await filesOf(dedupe, whose), 'saturday', [inOrder()]);
  if (run === undefined) throw new Error('there was no run');
  return unitsOf(run.trace);
}

describe('that Saturday', () => {
  it('costs the stated amounts, with the solution and with the starter', async () => {
    expect(await measure('solution')).toEqual(SOLUTION_UNITS);
    expect(await measure('starter')).toEqual(STARTER_UNITS);
  }, 60_000);

  it('costs about two and a half dollars for a million payments, a third more than the starter', () => {
    const solution = dollarsPerMillion(SOLUTION_UNITS, SATURDAY.payments);
    expect(solution).toBeCloseTo(2.49, 2);
    expect(solution / dollarsPerMillion(STARTER_UNITS, SATURDAY.payments)).toBeCloseTo(1.37, 2);
  });

  it('is mostly writes to tables, which are the price of certainty', () => {
    const writes = dollarsOf({ ...SOLUTION_UNITS, invocations: 0, billedMs: 0, sqsRequests: 0, readUnits: 0 });
    expect(writes / dollarsOf(SOLUTION_UNITS)).toBeCloseTo(0.61, 2);
  });
});

describe('prices', () => {
  const none: Units = { invocations: 0, billedMs: 0, sqsRequests: 0, writeUnits: 0, readUnits: 0 };

  it('are those of AWS for a million of each', () => {
    const million = 1_000_000;
    expect(dollarsOf({ ...none, invocations: million })).toBeCloseTo(0.2);
    expect(dollarsOf({ ...none, sqsRequests: million })).toBeCloseTo(0.4);
    expect(dollarsOf({ ...none, writeUnits: million })).toBeCloseTo(0.625);
    expect(dollarsOf({ ...none, readUnits: million })).toBeCloseTo(0.125);
    expect(dollarsOf({ ...none, billedMs: 8_000 * 1_000 })).toBeCloseTo(0.016_67);
  });

  it('are zero for no use', () => {
    expect(unitsOf([])).toEqual(none);
    expect(dollarsOf(none)).toBe(0);
  });
});
