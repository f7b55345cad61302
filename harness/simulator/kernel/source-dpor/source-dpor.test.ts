/**
 * The reduction misses nothing: on thousands of random programs it sees what trying every order sees, and its runs stand
 * for exactly as many orders as there are. With footprints that lie, the same test fails.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { Declare } from '../program-for-tests.ts';
import { allOf, programs } from '../programs-for-tests.ts';
import { Reduction } from './source-dpor.ts';

describe('a reduced exploration', () => {
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
    for (const program of fc.sample(programs, { numRuns: 100, seed: 5 })) {
      const every = await allOf(program, new Exhaustive());
      const reduced = await allOf(program, new Reduction(), liar);
      if (every !== null && reduced !== null && reduced.outcomes.size < every.outcomes.size) missed += 1;
    }
    expect(missed).toBeGreaterThan(10);
  });
});
