/**
 * Source-DPOR misses nothing: on thousands of random programs it sees every outcome that trying every schedule sees, and its runs
 * stand for exactly as many schedules as there are. With footprints that lie, the same comparison fails.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { FootprintDeclaration } from '../program-for-tests.ts';
import { allOf, lanePrograms, waitingLanePrograms } from '../programs-for-tests.ts';
import { SourceDpor } from './source-dpor.ts';

describe('source-DPOR', () => {
  it.each([
    ['a random program', lanePrograms],
    ['a random program whose lanes wait for places', waitingLanePrograms],
  ])(
    'sees every outcome of %s, and stands for every interleaving',
    async (_what, programs) => {
      await fc.assert(
        fc.asyncProperty(programs, async (program) => {
          const every = await allOf(program, new Exhaustive());
          if (every === null) return;
          const dpor = new SourceDpor();
          const reduced = await allOf(program, dpor);
          expect(reduced?.outcomes).toEqual(every.outcomes);
          expect(reduced?.runs).toBeLessThanOrEqual(every.runs);
          expect(dpor.standsFor).toEqual({ orders: every.runs, atLeast: false });
        }),
        { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 300) },
      );
    },
    3_600_000,
  );

  it('misses outcomes when steps hide what they write, and the comparison shows it', async () => {
    const liar: FootprintDeclaration = ({ reads }) => ({ reads, writes: [] });
    let missed = 0;
    for (const program of fc.sample(lanePrograms, { numRuns: 100, seed: 5 })) {
      const every = await allOf(program, new Exhaustive());
      const reduced = await allOf(program, new SourceDpor(), liar);
      if (every !== null && reduced !== null && reduced.outcomes.size < every.outcomes.size) missed += 1;
    }
    expect(missed).toBeGreaterThan(10);
  });
});
