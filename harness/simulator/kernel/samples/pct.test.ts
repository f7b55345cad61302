/**
 * PCT finds bugs that uniform chance hardly ever finds, it draws the same on every machine, and its runs can be replayed.
 *
 * Seeds and counts are fixed, so each comparison gives the same numbers in every run.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../agenda.ts';
import { type Choices, replay, seeded } from '../choices.ts';
import {
  type LaneOperation,
  type LaneProgram,
  outcomeOfProgram,
  type ProgramRun,
  runOf,
} from '../program-for-tests.ts';
import { lanePrograms, lanes } from '../programs-for-tests.ts';
import { run } from '../run.ts';
import { Pct, type PctOptions } from './pct.ts';
import { PctSamples } from './pct-samples.ts';

const isFault = (reason: string): boolean => reason === 'fault';
const length = { steps: 60, faultQuestions: 0, earlyDeadlines: 0 };
const RUNS = 1_000;

/** How many of a thousand runs have an outcome that shows the bug. */
async function hits(
  program: LaneProgram,
  shows: (outcome: string) => boolean,
  choices: (seed: number) => Choices,
): Promise<number> {
  let found = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    if (shows((await outcomeOfProgram(program, choices(seed))) ?? '')) found += 1;
  }
  return found;
}

const pct =
  (options: Partial<PctOptions>) =>
  (seed: number): Choices =>
    new Pct({ depth: 2, length, isFault, ...options, seed });

const work = (variable: string, many: number): LaneOperation[] =>
  Array.from({ length: many }, () => ({ kind: 'increment', variable }));

/** Lane 1 does all of its work between two steps of lane 0: a bug of depth 2, with eight lanes in the way. */
const ALL_BETWEEN_TWO_STEPS: LaneProgram = lanes(10, (lane) => {
  if (lane === 0)
    return [
      { kind: 'write', variable: 'begun' },
      { kind: 'read', variable: 'ended' },
    ];
  if (lane > 1) return work(`own${lane}`, 2);
  return [{ kind: 'read', variable: 'begun' }, ...work('y', 12), { kind: 'write', variable: 'ended' }];
});
const nothingBetween = (outcome: string): boolean => /"ended is (?!0)/.test(outcome) && /"begun is (?!0)/.test(outcome);

/** Lane 1 ends before lane 0 begins: a bug of depth 1. */
const LAST_BEFORE_FIRST: LaneProgram = lanes(10, (lane) => {
  if (lane === 0) return [{ kind: 'read', variable: 'x' }];
  return lane === 1 ? [...work('y', 7), { kind: 'write', variable: 'x' }] : work(`own${lane}`, 6);
});
const sawTheLast = (outcome: string): boolean => /\["0",\["x is (?!0)/.test(outcome);

describe('PCT', () => {
  it('finds a bug of depth 2 among many lanes far more often than uniform chance', async () => {
    const byPct = await hits(
      ALL_BETWEEN_TWO_STEPS,
      nothingBetween,
      pct({ depth: 2, length: { ...length, steps: 32 } }),
    );
    const byChance = await hits(ALL_BETWEEN_TWO_STEPS, nothingBetween, seeded);
    // The paper's bound for 10 threads and 32 steps is 3 of 1,000.
    expect({ byPct, byChance }).toEqual({ byPct: 15, byChance: 0 });
  });

  it('finds a bug of depth 1 that is uniformly unlikely, as often as one lane has a higher priority than another', async () => {
    const byPct = await hits(LAST_BEFORE_FIRST, sawTheLast, pct({ depth: 1 }));
    const byChance = await hits(LAST_BEFORE_FIRST, sawTheLast, seeded);
    expect({ byPct, byChance }).toEqual({ byPct: 506, byChance: 6 });
  });

  it('strikes with a fault anywhere in the run, not only at the first calls', async () => {
    const strikesLate: LaneProgram = {
      lanes: [
        [...Array.from({ length: 12 }, (): LaneOperation => ({ kind: 'fault' })), { kind: 'read', variable: 'x' }],
      ],
      faults: 1,
    };
    const where = (choices: Choices): number => choices.record.findIndex(({ chosen }) => chosen === 1);
    const places = async (make: (seed: number) => Choices): Promise<readonly number[]> => {
      const counted = Array.from({ length: 13 }, () => 0);
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const choices = make(seed);
        await outcomeOfProgram(strikesLate, choices);
        const at = where(choices);
        counted[at < 0 ? 12 : at] = (counted[at < 0 ? 12 : at] ?? 0) + 1;
      }
      return counted;
    };
    const withFaults = { mostFaults: 1, length: { steps: 13, faultQuestions: 12, earlyDeadlines: 0 } };
    expect(Math.min(...(await places(pct(withFaults))))).toBeGreaterThan(RUNS / 12 / 4);
    expect((await places(seeded))[8]).toBeLessThan(RUNS / 12 / 4);
  });

  it('lets a deadline come early at the points that were drawn for faults', async () => {
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const early = { steps: 4, faultQuestions: 0, earlyDeadlines: 3 };
      outcomes.add(await deadlineAmongSteps(new Pct({ seed, depth: 1, length: early, mostFaults: 1 })));
    }
    expect([...outcomes].sort()).toEqual(['1 2 3 deadline', '1 2 deadline 3', '1 deadline 2 3', 'deadline 1 2 3']);
  });

  it('gives every lane its turn when a run is much longer than stated', async () => {
    const short = { steps: 1, faultQuestions: 0, earlyDeadlines: 0 };
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed += 1) {
      orders.add(await spinUntilSet(new Pct({ seed, depth: 1, length: short })));
    }
    expect(orders).toEqual(new Set(['quiet']));
  });

  it('can be replayed, and does the same for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(lanePrograms, fc.nat(), fc.integer({ min: 1, max: 4 }), async (program, seed, depth) => {
        const options = { seed, depth, length: { ...length, faultQuestions: 3 }, mostFaults: 2, isFault };
        const choices = new Pct(options);
        const done = (await runOf(program, choices)) as ProgramRun;
        const again = replay(choices.record.map(({ chosen }) => chosen));
        expect(await runOf(program, again)).toEqual(done);
        expect(again.record).toEqual(choices.record);
        const same = new Pct(options);
        await runOf(program, same);
        expect(same.record).toEqual(choices.record);
      }),
      { numRuns: 300 },
    );
  });

  it('chooses the same on every machine', async () => {
    const choices = new Pct({ seed: 42, depth: 3, length: { ...length, steps: 20 } });
    await outcomeOfProgram(
      lanes(4, (lane) => work(`x${lane}`, 5)),
      choices,
    );
    expect(choices.record.map(({ chosen }) => chosen).join('')).toBe('1000020000110000');
  });
});

describe('samples by PCT', () => {
  it('measure the length of a run with the first, and draw the points of the others from it', async () => {
    const lane: LaneOperation[] = [...work('x', 4), { kind: 'fault' }];
    const program: LaneProgram = { lanes: [lane, lane], faults: 1 };
    const samples = new PctSamples({ seed: 7, mostFaults: 1, isFault });
    const faults: number[] = [];
    for (let i = 0; i < 60; i += 1) faults.push(((await runOf(program, samples.next())) as ProgramRun).faults);
    expect(faults[0]).toBe(0);
    expect(faults.filter((count) => count === 1).length).toBeGreaterThan(15);
    expect(faults.filter((count) => count === 0).length).toBeGreaterThan(15);
  });

  it('differ from seed to seed, and not from time to time', async () => {
    const program = lanes(4, (lane) => work(`x${lane}`, 5));
    const records = async (seed: number): Promise<readonly string[]> => {
      const samples = new PctSamples({ seed, mostFaults: 0, isFault });
      const all: string[] = [];
      for (let i = 0; i < 20; i += 1) {
        const choices = samples.next();
        await outcomeOfProgram(program, choices);
        all.push(JSON.stringify(choices.record));
      }
      return all;
    };
    const first = await records(1);
    expect(await records(1)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(15);
  });
});

/** Three steps of one lane, and a deadline that may overtake them. */
async function deadlineAmongSteps(choices: Choices): Promise<string> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  const order: string[] = [];
  for (const step of ['1', '2', '3']) {
    agenda.schedule(
      { kind: 'step', atMs: 0, lane: 'work', label: step, cause: null, run: () => order.push(step) },
      0,
      0,
    );
  }
  const over = { kind: 'deadline', atMs: 5, lane: 'deadline', label: 'deadline', cause: null } as const;
  agenda.schedule({ ...over, run: () => order.push('deadline') }, 0, 0);
  const options = { agenda, clock, choices, mode: 'exploration', maxSteps: 10 } as const;
  await run({ ...options, settle: () => false, allowEarly: () => true });
  return order.join(' ');
}

/** How a run ends in which one lane asks again and again whether the other one has come. */
async function spinUntilSet(choices: Choices): Promise<string> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  let set = false;
  const ask = (): void => {
    const { nowMs, step } = clock;
    if (!set)
      agenda.schedule({ kind: 'step', atMs: nowMs, lane: 'asks', label: 'asks', cause: null, run: ask }, nowMs, step);
  };
  ask();
  const comes = (): void => {
    set = true;
  };
  agenda.schedule({ kind: 'step', atMs: 0, lane: 'comes', label: 'comes', cause: null, run: comes }, 0, 0);
  const options = { agenda, clock, choices, mode: 'exploration', maxSteps: 1_000 } as const;
  const { end } = await run({ ...options, settle: () => false, allowEarly: () => false });
  return end;
}
