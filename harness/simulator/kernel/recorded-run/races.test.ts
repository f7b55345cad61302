/**
 * The races of a run, and the run with one of them reversed, in which everything before that race stays as it was.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, replay, seeded } from '../choices.ts';
import { type LaneOperation, type LaneProgram, runOf } from '../program-for-tests.ts';
import { lanes, readThenIncrement } from '../programs-for-tests.ts';
import { BestEffortReplay } from './best-effort-replay.ts';
import { canBeReversed, RacingRun, racesOf, reversalOf } from './races.ts';

const both = lanes(2, () => readThenIncrement('x'));
const operation: fc.Arbitrary<LaneOperation> = fc.record({
  kind: fc.constantFrom('read' as const, 'write' as const, 'increment' as const, 'compare-and-set' as const),
  variable: fc.constantFrom('x', 'y'),
});
const programs: fc.Arbitrary<LaneProgram> = fc.record({
  lanes: fc.array(fc.array(operation, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
  faults: fc.constant(0),
});

/** Both lanes read before either writes: the read of the second lane preempts the first one. */
const BOTH_READ_FIRST = [0, 1, 1];

async function racing(program: LaneProgram, choices = replay(BOTH_READ_FIRST)): Promise<RacingRun> {
  const run = new RacingRun(choices);
  await runOf(program, run);
  return run;
}

describe('the races of a run', () => {
  it('are the pairs that conflict and that nothing else orders', async () => {
    const run = await racing(both);
    expect(racesOf(run).races).toEqual([
      { first: 1, second: 2 },
      { first: 2, second: 3 },
    ]);
  });

  it('are none where lanes share nothing', async () => {
    expect(
      racesOf(
        await racing(
          lanes(3, (lane) => readThenIncrement(`x${lane}`)),
          inOrder(),
        ),
      ).races,
    ).toEqual([]);
  });

  it('can be reversed, and nothing before them differs', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, seed) => {
        const run = await racing(program, seeded(seed));
        const { races, happensBefore, programOrder, names } = racesOf(run);
        for (const race of races) {
          const places = reversalOf(race, { happensBefore, programOrder });
          const choices = new BestEffortReplay({ names, places, answers: run.answers });
          await runOf(program, choices);
          expect(choices.came.slice(0, race.first)).toEqual([...names.keys()].slice(0, race.first));
          const [first, second] = [choices.came.indexOf(race.first), choices.came.indexOf(race.second)];
          expect(second).toBe(places.indexOf(race.second));
          expect(first).toBe(second + 1);
          seen += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});

describe('the reversal of a race', () => {
  it('moves the second before the first, with what it needs, and leaves all else as it was', () => {
    const happensBefore = [[], [], [1], [0], [0, 1, 2]].map((before) => new Set(before));
    const races = { happensBefore, programOrder: [[], [], [1], [0], [2, 1]].map((before) => new Set(before)) };
    expect(reversalOf({ first: 0, second: 4 }, races)).toEqual([1, 2, 4, 0, 3]);
    expect(reversalOf({ first: 1, second: 3 }, races)).toEqual([0, 3, 1, 2, 4]);
  });

  it('is possible unless the program itself orders the two, through other steps included', () => {
    const programOrder = [[], [0], [], [0, 1]].map((before) => new Set(before));
    expect(canBeReversed({ first: 0, second: 1 }, { programOrder })).toBe(false);
    expect(canBeReversed({ first: 0, second: 3 }, { programOrder })).toBe(false);
    expect(canBeReversed({ first: 0, second: 2 }, { programOrder })).toBe(true);
    expect(canBeReversed({ first: 2, second: 0 }, { programOrder })).toBe(false);
  });

  it('shows another outcome: no lane overwrites a value that it has not read', async () => {
    const run = await racing(both);
    const { names, ...races } = racesOf(run);
    const choices = new BestEffortReplay({
      names,
      places: reversalOf({ first: 1, second: 2 }, races),
      answers: run.answers,
    });
    const saved = await runOf(both, choices);
    expect(saved?.outcome).toContain('["x",2]');
    expect((await runOf(both, replay(choices.record.map(({ chosen }) => chosen))))?.outcome).toBe(saved?.outcome);
  });
});
