/**
 * Jobs are a division: together they see what one exploration sees, visit as many kinds of schedules and stand for as many
 * orders, whatever they are divided into.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Operation, outcomeOf, type Program } from '../program-for-tests.ts';
import { allOf, lanes, programs, readThenIncrement } from '../programs-for-tests.ts';
import { divide } from './divide.ts';
import { type Job, WHOLE } from './job.ts';
import { Reduction } from './source-dpor.ts';

function divided(program: Program, atLeast: number): Promise<readonly Job[]> {
  return divide((choices) => outcomeOf(program, choices), atLeast);
}

interface Explored {
  readonly outcomes: ReadonlySet<string>;
  readonly runs: number;
  readonly orders: number;
}

async function explored(program: Program, job?: Job): Promise<Explored | null> {
  const reduction = new Reduction(job);
  const seen = await allOf(program, reduction);
  return seen === null ? null : { ...seen, orders: reduction.standsFor.orders };
}

async function together(program: Program, jobs: readonly Job[]): Promise<Explored> {
  const outcomes = new Set<string>();
  let runs = 0;
  let orders = 0;
  for (const job of jobs) {
    // As another process would get it.
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

  it('is divided alike whoever divides it', async () => {
    const program = lanes(3, () => readThenIncrement('x'));
    expect(await divided(program, 20)).toEqual(await divided(program, 20));
  });

  it('is one job if it is one run, and whole if one job is enough', async () => {
    const program = lanes(1, () => readThenIncrement('x'));
    expect(await divided(program, 5)).toEqual([{ begins: [0, 0], asleep: [], ends: true }]);
    expect(await divided(program, 1)).toEqual([WHOLE]);
  });

  it('tries another step first where the one at hand goes only some of its ways', async () => {
    const crash = (variable: string): Operation => ({ kind: 'crash', variable });
    const sleep: Operation = { kind: 'sleep', forMs: 1 };
    const program: Program = {
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
      fc.asyncProperty(programs, fc.integer({ min: 2, max: 40 }), async (program, atLeast) => {
        const whole = await explored(program);
        if (whole === null) return;
        expect(await together(program, await divided(program, atLeast))).toEqual(whole);
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 300) },
    );
  }, 3_600_000);
});
