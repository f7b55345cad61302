/**
 * The reduction misses nothing: on thousands of random programs it sees what trying every order sees, and its runs stand
 * for exactly as many orders as there are. With footprints that lie, the same test fails.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, Exhaustive } from './choices.ts';
import { type Declare, type Operation, outcomeOf, type Program } from './program-for-tests.ts';
import { Reduction } from './reduction.ts';

const variable = fc.constantFrom('x', 'y', 'z');
const simple: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('read' as const, 'write' as const, 'increment' as const), variable }),
  fc.record({ kind: fc.constantFrom('compare-and-set' as const, 'draw' as const), variable }),
  fc.constant<Operation>({ kind: 'fault' }),
  fc.record({ kind: fc.constant('sleep' as const), forMs: fc.integer({ min: 1, max: 3 }) }),
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('fork' as const, 'if-zero' as const),
      operations: fc.array(simple, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** Programs of two or three short lanes. */
const programs: fc.Arbitrary<Program> = fc.record({
  lanes: fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 }),
  faults: fc.integer({ min: 0, max: 2 }),
});

interface Seen {
  readonly outcomes: ReadonlySet<string>;
  readonly runs: number;
}

/** Programs with more orders than this are left to others: trying them all would take the test's time. */
const MOST_RUNS = 3_000;

async function allOf(program: Program, explorer: { next(): Choices | null }, declare?: Declare): Promise<Seen | null> {
  const outcomes = new Set<string>();
  let runs = 0;
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const outcome = await outcomeOf(program, choices, declare);
    if (outcome === null) continue;
    outcomes.add(outcome);
    runs += 1;
    if (runs > MOST_RUNS) return null;
  }
  return { outcomes, runs };
}

const lanes = (count: number, operations: (lane: number) => readonly Operation[]): Program => ({
  lanes: Array.from({ length: count }, (_, lane) => operations(lane)),
  faults: 0,
});

const readThenIncrement = (variable: string): readonly Operation[] => [
  { kind: 'read', variable },
  { kind: 'increment', variable },
];

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
