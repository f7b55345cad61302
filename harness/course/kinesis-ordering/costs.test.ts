/** The costs of lab 5, counted from runs by the clock. */

import { describe, expect, it } from 'vitest';
import { seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import {
  dollarsPerMillionAccountEvents,
  type RushUnits,
  rushDollars,
  rushUnitsOf,
  shardDollarsPerMonth,
} from './costs.ts';
import { kinesisOrdering } from './lab.ts';
import { RUSH_EVENTS, RUSH_SOLUTION_UNITS, RUSH_STARTER_UNITS } from './rush-costs.ts';

async function measure(whose: 'starter' | 'solution'): Promise<RushUnits> {
  const [run] = await runsOf(kinesisOrdering, await filesOf(kinesisOrdering, whose), 'rush', [seeded(1)]);
  if (run === undefined) throw new Error('there was no run');
  return rushUnitsOf(run.trace);
}

describe('the rush', () => {
  it('costs the stated amounts', async () => {
    expect(await measure('starter')).toEqual(RUSH_STARTER_UNITS);
    expect(await measure('solution')).toEqual(RUSH_SOLUTION_UNITS);
  }, 60_000);

  it('costs half as much with accounts side by side: one invocation waits for several screenings at once', () => {
    expect(dollarsPerMillionAccountEvents(RUSH_STARTER_UNITS, RUSH_EVENTS)).toBeCloseTo(3.07, 2);
    expect(dollarsPerMillionAccountEvents(RUSH_SOLUTION_UNITS, RUSH_EVENTS)).toBeCloseTo(1.61, 2);
  });

  it('pays for shards by the hour: two of them cost 21.90 a month, eight 87.60, whether records come or not', () => {
    expect(shardDollarsPerMonth(2)).toBeCloseTo(21.9);
    expect(shardDollarsPerMonth(8)).toBeCloseTo(87.6);
  });
});

describe('prices', () => {
  const none: RushUnits = { putUnits: 0, invocations: 0, billedMs: 0, readUnits: 0, writeUnits: 0 };

  it('are those of AWS for a million of each', () => {
    const million = 1_000_000;
    expect(rushDollars({ ...none, putUnits: million })).toBeCloseTo(0.014);
    expect(rushDollars({ ...none, invocations: million })).toBeCloseTo(0.2);
    expect(rushDollars({ ...none, readUnits: million })).toBeCloseTo(0.125);
    expect(rushDollars({ ...none, writeUnits: million })).toBeCloseTo(0.625);
    expect(rushDollars({ ...none, billedMs: 8_000 * 1_000 })).toBeCloseTo(0.016_67);
  });

  it('are zero for no use', () => {
    expect(rushUnitsOf([])).toEqual(none);
    expect(rushDollars(none)).toBe(0);
  });
});
