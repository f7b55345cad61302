/**
 * The reduction misses nothing: on thousands of random programs it sees what trying every order sees, and its runs stand
 * for exactly as many orders as there are. With footprints that lie, the same test fails.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive } from './choices.ts';
import type { Declare, Operation, Program } from './program-for-tests.ts';
import { allOf, lanes, programs, readThenIncrement } from './programs-for-tests.ts';
import { Reduction } from './reduction.ts';

async function runsOf(program: Program): Promise<{ readonly runs: number; readonly orders: number }> {
  const reduction = new Reduction();
  const seen = await allOf(program, reduction);
  return { runs: seen?.runs ?? Number.NaN, orders: reduction.standsFor.orders };
}

describe('a reduced exploration', () => {
  it('visits 36 of the 90 orders in which three lanes get and put one item, and 576 of 2,520 for four', async () => {
    expect(await runsOf(lanes(3, () => readThenIncrement('x')))).toEqual({ runs: 36, orders: 90 });
    expect(await runsOf(lanes(4, () => readThenIncrement('x')))).toEqual({ runs: 576, orders: 2_520 });
  });

  it('visits one order of lanes that share nothing', async () => {
    expect(await runsOf(lanes(4, (lane) => readThenIncrement(`x${lane}`)))).toEqual({ runs: 1, orders: 2_520 });
  });

  it('visits as many for handlers that also read a setting and write a row of their own', async () => {
    const handler = (lane: number): readonly Operation[] => [
      { kind: 'read', variable: 'setting' },
      { kind: 'write', variable: `row${lane}` },
      ...readThenIncrement('x'),
    ];
    expect(await runsOf(lanes(3, handler))).toEqual({ runs: 36, orders: 34_650 });
  });

  it('sees every outcome of a random program, and stands for every order', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const every = await allOf(program, new Exhaustive());
        if (every === null) return;
        const reduction = new Reduction();
        const reduced = await allOf(program, reduction);
        expect(reduced?.outcomes).toEqual(every.outcomes);
        expect(reduced?.runs).toBeLessThanOrEqual(every.runs);
        expect(reduction.standsFor).toEqual({ orders: every.runs, atLeast: false });
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 600) },
    );
  }, 3_600_000);

  it('misses outcomes when steps hide what they write, and the comparison shows it', async () => {
    const liar: Declare = ({ reads }) => ({ reads, writes: [] });
    let missed = 0;
    for (const program of fc.sample(programs, { numRuns: 200, seed: 5 })) {
      const every = await allOf(program, new Exhaustive());
      const reduced = await allOf(program, new Reduction(), liar);
      if (every !== null && reduced !== null && reduced.outcomes.size < every.outcomes.size) missed += 1;
    }
    expect(missed).toBeGreaterThan(20);
  });
});
