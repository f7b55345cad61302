/** The costs of lab 6, counted from runs by the clock. */

import { describe, expect, it } from 'vitest';
import { seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import {
  dollarsPerMillionOrderEvents,
  type FanOutUnits,
  fanOutDollars,
  fanOutUnitsOf,
  idleDollarsPerMonth,
} from './costs.ts';
import {
  FAN_OUT_EVENTS,
  FAN_OUT_ONE_BY_ONE_UNITS,
  FAN_OUT_SOLUTION_UNITS,
  FAN_OUT_STARTER_UNITS,
} from './fan-out-costs.ts';
import { fifoFanOut } from './lab.ts';

async function measure(whose: 'starter' | 'solution', instead?: string): Promise<FanOutUnits> {
  const [run] = await runsOf(fifoFanOut, await filesOf(fifoFanOut, whose, instead), 'rush', [seeded(1)]);
  if (run === undefined) throw new Error('there was no run');
  return fanOutUnitsOf(run.trace);
}

describe('the rush', () => {
  it('costs the stated amounts, in each design', async () => {
    expect(await measure('starter')).toEqual(FAN_OUT_STARTER_UNITS);
    expect(await measure('solution')).toEqual(FAN_OUT_SOLUTION_UNITS);
    expect(await measure('solution', 'other-answers/one-by-one')).toEqual(FAN_OUT_ONE_BY_ONE_UNITS);
  }, 90_000);

  it('costs a few cents more with FIFO than without, for a million events', () => {
    expect(dollarsPerMillionOrderEvents(FAN_OUT_STARTER_UNITS, 'standard', FAN_OUT_EVENTS)).toBeCloseTo(7.69, 2);
    expect(dollarsPerMillionOrderEvents(FAN_OUT_SOLUTION_UNITS, 'fifo', FAN_OUT_EVENTS)).toBeCloseTo(7.82, 2);
  });

  it('costs eighty cents more with one message in a batch', () => {
    const oneByOne = dollarsPerMillionOrderEvents(FAN_OUT_ONE_BY_ONE_UNITS, 'fifo', FAN_OUT_EVENTS);
    const solution = dollarsPerMillionOrderEvents(FAN_OUT_SOLUTION_UNITS, 'fifo', FAN_OUT_EVENTS);
    expect(oneByOne - solution).toBeCloseTo(0.8, 2);
  });

  it('is mostly paid for waiting: a function that waits for legacy is billed', () => {
    const waiting = { ...NONE, billedMs: FAN_OUT_SOLUTION_UNITS.billedMs };
    expect(fanOutDollars(waiting, 'fifo') / fanOutDollars(FAN_OUT_SOLUTION_UNITS, 'fifo')).toBeCloseTo(0.68, 2);
  });

  it('costs 33 cents a month for each mapping when nothing comes', () => {
    expect(idleDollarsPerMonth()).toBeCloseTo(0.33, 2);
  });
});

const NONE: FanOutUnits = { published: 0, delivered: 0, sqsRequests: 0, invocations: 0, billedMs: 0, writeUnits: 0 };

describe('prices', () => {
  it('are those of AWS for a million of each, at most 1 KB long', () => {
    const million = 1_000_000;
    expect(fanOutDollars({ ...NONE, published: million }, 'standard')).toBeCloseTo(0.5);
    expect(fanOutDollars({ ...NONE, published: million }, 'fifo')).toBeCloseTo(0.3 + 0.0162, 4);
    expect(fanOutDollars({ ...NONE, delivered: million }, 'fifo')).toBeCloseTo(0.01 + 0.00095, 4);
    expect(fanOutDollars({ ...NONE, sqsRequests: million }, 'standard')).toBeCloseTo(0.4);
    expect(fanOutDollars({ ...NONE, sqsRequests: million }, 'fifo')).toBeCloseTo(0.5);
    expect(fanOutDollars({ ...NONE, invocations: million }, 'fifo')).toBeCloseTo(0.2);
    expect(fanOutDollars({ ...NONE, writeUnits: million }, 'fifo')).toBeCloseTo(0.625);
    expect(fanOutDollars({ ...NONE, billedMs: 8_000 * 1_000 }, 'fifo')).toBeCloseTo(0.016_67);
  });

  it('are zero for no use', () => {
    expect(fanOutUnitsOf([])).toEqual(NONE);
    expect(fanOutDollars(NONE, 'fifo')).toBe(0);
  });
});
