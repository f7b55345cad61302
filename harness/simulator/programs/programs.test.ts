/**
 * The reduction misses nothing over the real services: on random programs it sees what trying every schedule sees, and its runs
 * stand for exactly as many schedules as there are.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programs } from './arbitrary-for-tests.ts';
import { compare, difference } from './exploration-for-tests.ts';

/** About half of them are small enough for all their schedules to be tried. */
const PROGRAMS = Number(process.env.RACEPROOF_PROGRAMS ?? 1_100);

describe('a reduced exploration of the real services', () => {
  it('sees every outcome of a random program, and stands for every schedule', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const seen = await compare(program);
        if (seen === null) return;
        compared += 1;
        expect(difference(seen)).toBeNull();
      }),
      { numRuns: PROGRAMS },
    );
    expect(compared).toBeGreaterThan(0.4 * PROGRAMS);
  }, 3_600_000);
});
