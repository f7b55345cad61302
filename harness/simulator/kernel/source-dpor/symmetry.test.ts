/**
 * Symmetry: equal lanes are offered in one order only. The outcomes are the same but for the names of lanes, and the runs stand
 * for all schedules that there are.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { LaneOperation, LaneProgram } from '../program-for-tests.ts';
import { allOf, laneOperations, lanes, readThenIncrement } from '../programs-for-tests.ts';
import { SourceDpor } from './source-dpor.ts';

/** Two or three equal lanes, and perhaps another one. */
const withEqualLanes: fc.Arbitrary<LaneProgram> = fc
  .record({ twin: laneOperations, count: fc.integer({ min: 2, max: 3 }), other: fc.option(laneOperations) })
  .map(({ twin, count, other }) => ({
    lanes: [...Array.from({ length: count }, () => twin), ...(other === null ? [] : [other])],
    faults: 1,
  }));

/** An outcome without the names of equal lanes. */
function renamed(outcome: string, { lanes }: LaneProgram): string {
  const [seen, variables, nowMs] = JSON.parse(outcome) as [readonly (readonly [string, unknown])[], unknown, unknown];
  const logs = lanes.map((all, lane) => {
    const own = seen.filter(([name]) => name.split('/')[0] === String(lane));
    return JSON.stringify([all, own.map(([name, log]) => [name.split('/').slice(1), log])]);
  });
  return JSON.stringify([logs.sort(), variables, nowMs]);
}

function withoutNames(program: LaneProgram, outcomes: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...outcomes].map((outcome) => renamed(outcome, program)));
}

async function countsOf(program: LaneProgram): Promise<{ readonly runs: number; readonly orders: number }> {
  const dpor = new SourceDpor();
  const seen = await allOf(program, dpor);
  return { runs: seen?.runs ?? Number.NaN, orders: dpor.standsFor.orders };
}

const equalLanes = (count: number, operations: readonly LaneOperation[]): LaneProgram => ({
  ...lanes(count, () => operations),
  symmetric: true,
});

describe('equal lanes', () => {
  it('that get and put one item have 15, 105 and 945 classes up to symmetry, of 90, 2,520 and 113,400 schedules: three, four and five lanes', async () => {
    expect(await countsOf(equalLanes(3, readThenIncrement('x')))).toEqual({ runs: 15, orders: 90 });
    expect(await countsOf(equalLanes(4, readThenIncrement('x')))).toEqual({ runs: 105, orders: 2_520 });
    expect(await countsOf(equalLanes(5, readThenIncrement('x')))).toEqual({ runs: 945, orders: 113_400 });
  });

  it('that share nothing have one class', async () => {
    const reads: LaneOperation[] = [
      { kind: 'read', variable: 'x' },
      { kind: 'read', variable: 'y' },
    ];
    expect(await countsOf(equalLanes(5, reads))).toEqual({ runs: 1, orders: 113_400 });
  });

  it('have the outcomes that they have without symmetry, up to their names, and stand for every schedule', async () => {
    await fc.assert(
      fc.asyncProperty(withEqualLanes, async (program) => {
        const every = await allOf(program, new Exhaustive());
        if (every === null) return;
        const symmetric = { ...program, symmetric: true };
        const dpor = new SourceDpor();
        const reduced = await allOf(symmetric, dpor);
        const one = await allOf(symmetric, new Exhaustive());
        expect(withoutNames(program, reduced?.outcomes ?? new Set())).toEqual(withoutNames(program, every.outcomes));
        expect(dpor.standsFor).toEqual({ orders: every.runs, atLeast: false });
        expect((one?.runs ?? 0) * timesNumbered(program)).toBe(every.runs);
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 100) },
    );
  }, 3_600_000);
});

/** The number of ways in which equal lanes can be numbered. */
function timesNumbered({ lanes }: LaneProgram): number {
  const seen = new Map<string, number>();
  let times = 1;
  for (const lane of lanes.map((all) => JSON.stringify(all))) {
    const size = (seen.get(lane) ?? 0) + 1;
    seen.set(lane, size);
    times *= size;
  }
  return times;
}
