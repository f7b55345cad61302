/**
 * Events that wait for a place hide nothing: on random programs whose code does not look at the time, an exploration in which they wait
 * shows everything that one shows in which they are refused and try again by the clock. Events with a limited age do the latter.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceDpor } from '../kernel/source-dpor/source-dpor.ts';
import { programsThatWait } from './arbitrary-for-tests.ts';
import { compareWithEverything, difference, exploreAll, settingFor } from './exploration-for-tests.ts';
import type { Program } from './program-for-tests.ts';

const PROGRAMS = Number(process.env.RACEPROOF_PROGRAMS ?? 500) / 20;
const MOST_RUNS = 800;
/** A second less than AWS's default, which is no limit. */
const ALMOST_SIX_HOURS_S = 21_599;

/**
 * Without duplicates: tried by the clock, a copy may run before its original. It is told what the original would be told, under another
 * number.
 */
const copyless = programsThatWait.map((program) => ({
  ...program,
  faults: Object.fromEntries(Object.entries(program.faults).filter(([fault]) => fault !== 'duplicate')),
}));

const seenBy = (program: Program) => exploreAll(settingFor(program), new SourceDpor(), (runs) => runs > MOST_RUNS);

const byTheClock = (program: Program): Program => ({
  ...program,
  functions: program.functions.map((one) => ({ ...one, ageS: ALMOST_SIX_HOURS_S })),
});

describe('an exploration in which events wait for a place', () => {
  it('shows everything that trying again by the clock shows', async () => {
    let compared = 0;
    let saved = 0;
    await fc.assert(
      fc.asyncProperty(copyless, async (program) => {
        if (compared >= PROGRAMS) return;
        const clocked = await seenBy(byTheClock(program));
        const waiting = await seenBy(program);
        if (clocked === null || waiting === null) return;
        compared += 1;
        saved += clocked.runs - waiting.runs;
        expect([...clocked.timeless].filter((outcome) => !waiting.timeless.has(outcome))).toEqual([]);
      }),
      { numRuns: 6 * PROGRAMS },
    );
    expect(compared).toBeGreaterThanOrEqual(PROGRAMS);
    expect(saved).toBeGreaterThan(PROGRAMS);
  }, 3_600_000);

  it('sees every outcome of these programs, and stands for every schedule', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(programsThatWait, async (program) => {
        if (compared >= PROGRAMS) return;
        const seen = await compareWithEverything(program);
        if (seen === null) return;
        compared += 1;
        expect(difference(seen)).toBeNull();
      }),
      { numRuns: 6 * PROGRAMS },
    );
    expect(compared).toBeGreaterThanOrEqual(PROGRAMS);
  }, 3_600_000);
});
