/**
 * Jobs divide an exploration: together they see what the whole sees, visit as many equivalence classes and stand for as many
 * schedules, into however many jobs it is divided.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LaneOperation, type LaneProgram, outcomeOfProgram } from '../program-for-tests.ts';
import { allOf, lanePrograms, lanes, readThenIncrement } from '../programs-for-tests.ts';
import { divide } from './divide.ts';
import { type ExplorationJob, WHOLE } from './job.ts';
import { SourceDpor } from './source-dpor.ts';

function divided(program: LaneProgram, atLeast: number): Promise<readonly ExplorationJob[]> {
  return divide((choices) => outcomeOfProgram(program, choices), atLeast);
}

interface Explored {
  readonly outcomes: ReadonlySet<string>;
  readonly runs: number;
  readonly orders: number;
}

async function explored(program: LaneProgram, job?: ExplorationJob): Promise<Explored | null> {
  const dpor = new SourceDpor(job);
  const seen = await allOf(program, dpor);
  return seen === null ? null : { ...seen, orders: dpor.standsFor.orders };
}

async function together(program: LaneProgram, jobs: readonly ExplorationJob[]): Promise<Explored> {
  const outcomes = new Set<string>();
  let runs = 0;
  let orders = 0;
  for (const job of jobs) {
    // The job as another process would get it.
    const part = await explored(program, structuredClone(job));
    if (part === null) throw new Error('a job takes longer than the whole');
    for (const outcome of part.outcomes) outcomes.add(outcome);
    runs += part.runs;
    orders += part.orders;
  }
  return { outcomes, runs, orders };
}

describe('a divided exploration', () => {
  it('of four lanes that get and put one item has at least ten jobs, none of which is most of it', async () => {
    const program = lanes(4, () => readThenIncrement('x'));
    const jobs = await divided(program, 10);
    expect(jobs.length).toBeGreaterThanOrEqual(10);
    const sizes = await Promise.all(jobs.map((job) => explored(program, job)));
    expect(Math.max(...sizes.map((size) => size?.runs ?? 576))).toBeLessThan(576 / 4);
    expect(await together(program, jobs)).toMatchObject({ runs: 576, orders: 2_520 });
  });

  it('is divided into the same jobs each time', async () => {
    const program = lanes(3, () => readThenIncrement('x'));
    expect(await divided(program, 20)).toEqual(await divided(program, 20));
  });

  it('is one job if it is one run, and whole if one job is enough', async () => {
    const program = lanes(1, () => readThenIncrement('x'));
    expect(await divided(program, 5)).toEqual([{ prefix: [0, 0], sleepSet: [], isOneRun: true }]);
    expect(await divided(program, 1)).toEqual([WHOLE]);
  });

  it('explores a step of which no branch sleeps before one of which some branches do', async () => {
    const crash = (variable: string): LaneOperation => ({ kind: 'crash', variable });
    const sleep: LaneOperation = { kind: 'sleep', forMs: 1 };
    const program: LaneProgram = {
      lanes: [
        [
          { kind: 'fork', operations: [{ kind: 'fault' }, crash('x')] },
          { kind: 'compare-and-set', variable: 'z' },
        ],
        [{ kind: 'fork', operations: [crash('z'), sleep] }, crash('x')],
      ],
      faults: 0,
    };
    expect(await together(program, await divided(program, 18))).toEqual(await explored(program));
  });

  it('sees, visits and stands for what the whole does, on random programs', async () => {
    await fc.assert(
      fc.asyncProperty(lanePrograms, fc.integer({ min: 2, max: 40 }), async (program, atLeast) => {
        const whole = await explored(program);
        if (whole === null) return;
        expect(await together(program, await divided(program, atLeast))).toEqual(whole);
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 300) },
    );
  }, 3_600_000);
});
