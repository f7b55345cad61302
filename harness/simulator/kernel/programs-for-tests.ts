/**
 * Programs for tests of exploration, some of them known and some random, and what an exploration sees of them.
 */

import fc from 'fast-check';
import type { Choices } from './choices.ts';
import {
  type FootprintDeclaration,
  type LaneOperation,
  type LaneProgram,
  outcomeOfProgram,
} from './program-for-tests.ts';

const variable = fc.constantFrom('x', 'y', 'z');
const simple: fc.Arbitrary<LaneOperation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('read' as const, 'write' as const, 'increment' as const), variable }),
  fc.record({ kind: fc.constantFrom('compare-and-set' as const, 'draw' as const), variable }),
  fc.record({ kind: fc.constant('route' as const), variable, to: fc.tuple(variable, variable) }),
  fc.constant<LaneOperation>({ kind: 'fault' }),
  fc.record({ kind: fc.constant('crash' as const), variable }),
  fc.record({ kind: fc.constant('sleep' as const), forMs: fc.integer({ min: 1, max: 3 }) }),
);
const operation: fc.Arbitrary<LaneOperation> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('fork' as const, 'if-zero' as const),
      operations: fc.array(simple, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** The operations of a short lane. */
export const laneOperations: fc.Arbitrary<readonly LaneOperation[]> = fc.array(operation, {
  minLength: 1,
  maxLength: 3,
});

/** Programs of two or three short lanes. */
export const lanePrograms: fc.Arbitrary<LaneProgram> = fc.record({
  lanes: fc.array(laneOperations, { minLength: 2, maxLength: 3 }),
  faults: fc.integer({ min: 0, max: 2 }),
});

const hold: fc.Arbitrary<LaneOperation> = fc.record({
  kind: fc.constant('hold' as const),
  place: fc.constantFrom('one place' as const, 'two places' as const),
  operations: fc.array(simple, { maxLength: 2 }),
});
const besideHolds = fc.oneof(
  { weight: 2, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fork' as const),
      operations: fc.array(hold, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** Programs of two to four short lanes, most of which wait for places. */
export const waitingLanePrograms: fc.Arbitrary<LaneProgram> = fc.record({
  lanes: fc.array(
    fc.array(fc.oneof({ weight: 2, arbitrary: hold }, { weight: 1, arbitrary: besideHolds }), {
      minLength: 1,
      maxLength: 2,
    }),
    { minLength: 2, maxLength: 4 },
  ),
  faults: fc.integer({ min: 0, max: 1 }),
});

/** A program without faults whose lanes are made from their numbers. */
export function lanes(count: number, operations: (lane: number) => readonly LaneOperation[]): LaneProgram {
  return { lanes: Array.from({ length: count }, (_, lane) => operations(lane)), faults: 0 };
}

export const readThenIncrement = (variable: string): readonly LaneOperation[] => [
  { kind: 'read', variable },
  { kind: 'increment', variable },
];

/** A compare-and-swap with retry. */
export const readThenSwap = (variable: string): readonly LaneOperation[] => [
  { kind: 'read', variable },
  { kind: 'swap', variable },
];

export interface Seen {
  readonly outcomes: ReadonlySet<string>;
  readonly runs: number;
}

/** A program with more schedules than this is skipped: trying all of them would take too long for a test. */
const MOST_RUNS = 3_000;

/** All outcomes that an explorer sees, and in how many runs; null if it takes more than `mostRuns`. */
export async function allOf(
  program: LaneProgram,
  explorer: { next(): Choices | null },
  declare?: FootprintDeclaration,
  mostRuns = MOST_RUNS,
): Promise<Seen | null> {
  const outcomes = new Set<string>();
  let runs = 0;
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const outcome = await outcomeOfProgram(program, choices, declare);
    if (outcome === null) continue;
    outcomes.add(outcome);
    runs += 1;
    if (runs > mostRuns) return null;
  }
  return { outcomes, runs };
}
