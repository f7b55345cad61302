/**
 * Reads that may be stale: a reduced exploration misses none of their answers, and their neighbours commute where footprints say so.
 *
 * A stale read answers by the order of two writes before it, which no other read can see; random programs with such reads hold both.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, seeded } from '../kernel/choices.ts';
import { describeNotCommuting, swapNeighbours } from '../kernel/recorded-run/commuting.ts';
import { programsThatReadStale } from './arbitrary-for-tests.ts';
import { compareWithEverything, type Declare, difference, settingFor } from './exploration-for-tests.ts';
import type { Operation, Program } from './program-for-tests.ts';
import { runProgram } from './run-for-tests.ts';

const PROGRAMS = Number(process.env.RACEPROOF_PROGRAMS ?? 320) / 4;

const does = (...operations: Operation[]): Program['functions'][number] => ({
  operations,
  reserved: null,
  retries: 0,
  ageS: null,
});

/** Two functions that each add to an item, and one that reads it. All are invoked at once. */
const TWO_ADDITIONS: Program = {
  functions: [does({ do: 'add', item: 'a' }), does({ do: 'add given', item: 'a' }), does({ do: 'get any', item: 'a' })],
  mapping: null,
  serviceTimeMs: 0,
  lanes: [0, 1, 2].map((place) => [{ ask: 'invoke', function: place, given: 5 }]),
  later: [],
  apart: true,
  faults: { stale: 1 },
  watches: [],
};

describe('an exploration in which reads may be stale', () => {
  it('sees every outcome of random programs, and stands for every schedule', async () => {
    let compared = 0;
    let more = 0;
    await fc.assert(
      fc.asyncProperty(programsThatReadStale, async (program) => {
        if (compared >= PROGRAMS) return;
        const seen = await compareWithEverything(program);
        if (seen === null) return;
        compared += 1;
        expect(difference(seen)).toBeNull();
        const { stale: _, ...faults } = program.faults;
        const fresh = await compareWithEverything({ ...program, faults });
        if (fresh !== null && [...seen.every.outcomes].some((outcome) => !fresh.every.outcomes.has(outcome))) more += 1;
      }),
      { numRuns: 6 * PROGRAMS },
    );
    expect(compared).toBeGreaterThanOrEqual(PROGRAMS);
    // Otherwise no stale read has shown what no fresh one shows.
    expect(more).toBeGreaterThan(PROGRAMS / 10);
  }, 3_600_000);

  it('runs no two steps in one order only that a stale read tells apart', async () => {
    let swapped = 0;
    await fc.assert(
      fc.asyncProperty(programsThatReadStale, fc.nat(), async (program, seed) => {
        const setting = settingFor(program);
        const run = async (choices: Choices) => {
          const { outcome, end } = await runProgram(setting, choices);
          return { outcome, end };
        };
        const report = await swapNeighbours(run, seeded(seed));
        swapped += report.swapped;
        const [first] = report.notCommuting;
        if (first !== undefined) throw new Error(describeNotCommuting(first));
      }),
      { numRuns: PROGRAMS },
    );
    expect(swapped).toBeGreaterThan(PROGRAMS);
  }, 3_600_000);

  it('misses answers if writes declare as additions what a stale read sees in order', async () => {
    const lying: Declare = ({ reads, writes, adds }) => {
      const isItem = (path: string) => path.startsWith('dynamodb/');
      const isWrite = writes.some(isItem);
      const kept = (paths: readonly string[]) => (isWrite ? paths.filter((path) => !isItem(path)) : paths);
      return { reads: kept(reads), writes: kept(writes), adds: [...(adds ?? []), ...writes.filter(isItem)] };
    };
    const truthful = await compareWithEverything(TWO_ADDITIONS);
    expect(truthful === null ? 'too many' : difference(truthful)).toBeNull();
    const lied = await compareWithEverything(TWO_ADDITIONS, lying);
    expect(lied === null ? 'too many' : difference(lied)).toContain('missed');
  });
});
