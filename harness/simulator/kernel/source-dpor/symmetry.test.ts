/**
 * Of lanes that are twins, only one order of starting is offered: the outcomes are the same but for their names, and the runs
 * stand for all the orders that there are.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { Operation, Program } from '../program-for-tests.ts';
import { allOf, lanes, operations, readThenIncrement } from '../programs-for-tests.ts';
import { Reduction } from './source-dpor.ts';

/** Two or three twins, and somebody else or nobody. */
const withTwins: fc.Arbitrary<Program> = fc
  .record({ twin: operations, count: fc.integer({ min: 2, max: 3 }), other: fc.option(operations) })
  .map(({ twin, count, other }) => ({
    lanes: [...Array.from({ length: count }, () => twin), ...(other === null ? [] : [other])],
    faults: 1,
  }));

/** An outcome without the names of lanes that do the same. */
function renamed(outcome: string, { lanes }: Program): string {
  const [seen, variables, nowMs] = JSON.parse(outcome) as [readonly (readonly [string, unknown])[], unknown, unknown];
  const logs = lanes.map((all, lane) => {
    const own = seen.filter(([name]) => name.split('/')[0] === String(lane));
    return JSON.stringify([all, own.map(([name, log]) => [name.split('/').slice(1), log])]);
  });
  return JSON.stringify([logs.sort(), variables, nowMs]);
}

function withoutNames(program: Program, outcomes: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...outcomes].map((outcome) => renamed(outcome, program)));
}

async function countsOf(program: Program): Promise<{ readonly runs: number; readonly orders: number }> {
  const reduction = new Reduction();
  const seen = await allOf(program, reduction);
  return { runs: seen?.runs ?? Number.NaN, orders: reduction.standsFor.orders };
}

const twins = (count: number, operations: readonly Operation[]): Program => ({
  ...lanes(count, () => operations),
  symmetric: true,
});

describe('twins', () => {
  it('that get and put one item have 15, 105 and 945 orders, standing for 90, 2,520 and 113,400: three, four and five of them', async () => {
    expect(await countsOf(twins(3, readThenIncrement('x')))).toEqual({ runs: 15, orders: 90 });
    expect(await countsOf(twins(4, readThenIncrement('x')))).toEqual({ runs: 105, orders: 2_520 });
    expect(await countsOf(twins(5, readThenIncrement('x')))).toEqual({ runs: 945, orders: 113_400 });
  });

  it('that share nothing have one order', async () => {
    const reads: Operation[] = [
      { kind: 'read', variable: 'x' },
      { kind: 'read', variable: 'y' },
    ];
    expect(await countsOf(twins(5, reads))).toEqual({ runs: 1, orders: 113_400 });
  });

  it('end as they would without symmetry, whoever is who, and stand for every order', async () => {
    await fc.assert(
      fc.asyncProperty(withTwins, async (program) => {
        const every = await allOf(program, new Exhaustive());
        if (every === null) return;
        const symmetric = { ...program, symmetric: true };
        const reduction = new Reduction();
        const reduced = await allOf(symmetric, reduction);
        const one = await allOf(symmetric, new Exhaustive());
        expect(withoutNames(program, reduced?.outcomes ?? new Set())).toEqual(withoutNames(program, every.outcomes));
        expect(reduction.standsFor).toEqual({ orders: every.runs, atLeast: false });
        expect((one?.runs ?? 0) * timesNumbered(program)).toBe(every.runs);
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 100) },
    );
  }, 3_600_000);
});

/** In how many ways equal lanes can be numbered. */
function timesNumbered({ lanes }: Program): number {
  const seen = new Map<string, number>();
  let times = 1;
  for (const lane of lanes.map((all) => JSON.stringify(all))) {
    const size = (seen.get(lane) ?? 0) + 1;
    seen.set(lane, size);
    times *= size;
  }
  return times;
}
