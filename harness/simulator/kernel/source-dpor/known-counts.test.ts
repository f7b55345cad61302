/**
 * Programs whose equivalence classes have been counted by other explorers or can be counted by hand: source-DPOR visits exactly
 * that many.
 */

import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { LaneOperation, LaneProgram } from '../program-for-tests.ts';
import { allOf, lanes, readThenIncrement, readThenSwap } from '../programs-for-tests.ts';
import { SourceDpor } from './source-dpor.ts';

interface Counts {
  readonly runs: number;
  readonly orders: number;
}

async function countsOf(program: LaneProgram): Promise<Counts> {
  const dpor = new SourceDpor();
  const seen = await allOf(program, dpor, undefined, Number.POSITIVE_INFINITY);
  return { runs: seen?.runs ?? Number.NaN, orders: dpor.standsFor.orders };
}

const handler = (lane: number): readonly LaneOperation[] => [
  { kind: 'read', variable: 'setting' },
  { kind: 'write', variable: `row${lane}` },
  ...readThenIncrement('x'),
];

/** At night there is time for the largest. */
const isLong = Number(process.env.RACEPROOF_PROGRAMS ?? 0) >= 10_000;

describe('source-DPOR visits', () => {
  it.each([
    [3, 36, 90],
    [4, 576, 2_520],
    [5, 14_400, 113_400],
  ])('of %i lanes that get and put one item %i classes, of %i schedules', async (count, runs, orders) => {
    expect(await countsOf(lanes(count, () => readThenIncrement('x')))).toEqual({ runs, orders });
  });

  it('one class of lanes that share nothing', async () => {
    expect(await countsOf(lanes(5, (lane) => readThenIncrement(`x${lane}`)))).toEqual({ runs: 1, orders: 113_400 });
  });

  it.each([
    [3, 4, 90],
    [4, 16, 2_520],
    [5, 144, 113_400],
  ])(
    'of %i lanes, half of which get and put one item and half another, %i classes, of %i schedules',
    async (count, runs, orders) => {
      expect(await countsOf(lanes(count, (lane) => readThenIncrement(`x${lane % 2}`)))).toEqual({ runs, orders });
    },
  );

  it('as many classes if each handler also reads a setting and writes a row of its own', async () => {
    expect(await countsOf(lanes(3, handler))).toEqual({ runs: 36, orders: 34_650 });
  });

  it.each(
    isLong
      ? [
          [3, 60, 498],
          [4, 3_120, 1_033_272],
          [5, 530_400, 88_019_039_640],
        ]
      : [
          [3, 60, 498],
          [4, 3_120, 1_033_272],
        ],
  )(
    'of %i lanes that compare and swap with retry %i classes, of %i schedules, since a swap that comes too late only reads',
    async (count, runs, orders) => {
      expect(await countsOf(lanes(count, () => readThenSwap('x')))).toEqual({ runs, orders });
    },
    3_600_000,
  );
});

it('three lanes that compare and swap with retry have 498 schedules', async () => {
  expect(
    (
      await allOf(
        lanes(3, () => readThenSwap('x')),
        new Exhaustive(),
      )
    )?.runs,
  ).toBe(498);
});
