/**
 * Programs for tests of exploration: some that are known, and random ones; and what an exploration sees of them.
 */

import fc from 'fast-check';
import type { Choices } from './choices.ts';
import { type Declare, type Operation, outcomeOf, type Program } from './program-for-tests.ts';

const variable = fc.constantFrom('x', 'y', 'z');
const simple: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('read' as const, 'write' as const, 'increment' as const), variable }),
  fc.record({ kind: fc.constantFrom('compare-and-set' as const, 'draw' as const), variable }),
  fc.record({ kind: fc.constant('route' as const), variable, to: fc.tuple(variable, variable) }),
  fc.constant<Operation>({ kind: 'fault' }),
  fc.record({ kind: fc.constant('crash' as const), variable }),
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

/** What a short lane does. */
export const operations: fc.Arbitrary<readonly Operation[]> = fc.array(operation, { minLength: 1, maxLength: 3 });

/** Programs of two or three short lanes. */
export const programs: fc.Arbitrary<Program> = fc.record({
  lanes: fc.array(operations, { minLength: 2, maxLength: 3 }),
  faults: fc.integer({ min: 0, max: 2 }),
});

/** Lanes without faults, each made by its number. */
export function lanes(count: number, operations: (lane: number) => readonly Operation[]): Program {
  return { lanes: Array.from({ length: count }, (_, lane) => operations(lane)), faults: 0 };
}

export const readThenIncrement = (variable: string): readonly Operation[] => [
  { kind: 'read', variable },
  { kind: 'increment', variable },
];

/** A compare-and-swap with retry. */
export const readThenSwap = (variable: string): readonly Operation[] => [
  { kind: 'read', variable },
  { kind: 'swap', variable },
];

export interface Seen {
  readonly outcomes: ReadonlySet<string>;
  readonly runs: number;
}

/** Programs with more orders than this are left to others: trying them all would take the test's time. */
const MOST_RUNS = 3_000;

/** Everything that an explorer sees; null if it is too much. */
export async function allOf(
  program: Program,
  explorer: { next(): Choices | null },
  declare?: Declare,
  mostRuns = MOST_RUNS,
): Promise<Seen | null> {
  const outcomes = new Set<string>();
  let runs = 0;
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const outcome = await outcomeOf(program, choices, declare);
    if (outcome === null) continue;
    outcomes.add(outcome);
    runs += 1;
    if (runs > mostRuns) return null;
  }
  return { outcomes, runs };
}
