/**
 * Programs whose kinds of schedules are known from other explorers, or can be counted by hand: as many are visited, no more.
 */

import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../choices.ts';
import type { Operation, Program } from '../program-for-tests.ts';
import { allOf, lanes, readThenIncrement, readThenSwap } from '../programs-for-tests.ts';
import { Reduction } from './source-dpor.ts';

interface Counts {
  readonly runs: number;
  readonly orders: number;
}

async function countsOf(program: Program): Promise<Counts> {
  const reduction = new Reduction();
  const seen = await allOf(program, reduction, undefined, Number.POSITIVE_INFINITY);
  return { runs: seen?.runs ?? Number.NaN, orders: reduction.standsFor.orders };
}

const handler = (lane: number): readonly Operation[] => [
  { kind: 'read', variable: 'setting' },
  { kind: 'write', variable: `row${lane}` },
  ...readThenIncrement('x'),
];

/** A night has time for more. */
const isLong = Number(process.env.RACEPROOF_PROGRAMS ?? 0) >= 10_000;

describe('a reduced exploration visits', () => {
  it.each([
    [3, 36, 90],
    [4, 576, 2_520],
    [5, 14_400, 113_400],
  ])('of %i lanes that get and put one item %i orders of %i', async (count, runs, orders) => {
    expect(await countsOf(lanes(count, () => readThenIncrement('x')))).toEqual({ runs, orders });
  });

  it('one order of lanes that share nothing', async () => {
    expect(await countsOf(lanes(5, (lane) => readThenIncrement(`x${lane}`)))).toEqual({ runs: 1, orders: 113_400 });
  });

  it.each([
    [3, 4, 90],
    [4, 16, 2_520],
    [5, 144, 113_400],
  ])(
    'of %i lanes, half of which get and put one item and half another, %i orders of %i',
    async (count, runs, orders) => {
      expect(await countsOf(lanes(count, (lane) => readThenIncrement(`x${lane % 2}`)))).toEqual({ runs, orders });
    },
  );

  it('as many for handlers that also read a setting and write a row of their own', async () => {
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
    'of %i lanes that compare and swap with retry %i orders of %i, as a swap that comes too late has only looked',
    async (count, runs, orders) => {
      expect(await countsOf(lanes(count, () => readThenSwap('x')))).toEqual({ runs, orders });
    },
    3_600_000,
  );
});

it('there are 498 orders of three lanes that compare and swap with retry', async () => {
  expect(
    (
      await allOf(
        lanes(3, () => readThenSwap('x')),
        new Exhaustive(),
      )
    )?.runs,
  ).toBe(498);
});
