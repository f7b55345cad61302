/**
 * The reduction misses nothing over the real services: on random programs it sees what trying every schedule sees, and the
 * numbers of schedules that its runs stand for add up to the number of all schedules.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programs } from './arbitrary-for-tests.ts';
import { compareWithEverything, difference } from './exploration-for-tests.ts';

/** The number of programs to compare. About as many again are skipped, because they have too many schedules to try all. */
const PROGRAMS = Number(process.env.RACEPROOF_PROGRAMS ?? 250);
const MOST_DRAWN = 3 * PROGRAMS;

describe('a reduced exploration of the real services', () => {
  it('sees every outcome of a random program, and stands for every schedule', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        if (compared === PROGRAMS) return;
        const seen = await compareWithEverything(program);
        if (seen === null) return;
        compared += 1;
        expect(difference(seen)).toBeNull();
      }),
      { numRuns: MOST_DRAWN },
    );
    expect(compared).toBe(PROGRAMS);
  }, 3_600_000);
});
