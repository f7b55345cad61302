/**
 * The reduction's counts on the real engine, with real SDK clients: they equal an independent explorer's, on every machine.
 */

import { describe, expect, it } from 'vitest';
import { reductionRow } from './reduction-table.ts';
import { ordersOfLanes, WORKLOADS } from './workloads.ts';

/** By workload: the kinds of schedules for three lanes, without and with symmetry of equal calls; then for four. */
const KINDS: Readonly<Record<string, readonly (readonly [number, number | null])[]>> = {
  'get and put of one item each': [
    [36, 15],
    [576, 105],
  ],
  'each lane its own item': [
    [1, null],
    [1, null],
  ],
  'half on one item': [
    [4, 3],
    [16, 9],
  ],
  'handler: read config, write own row, get and put a counter; a function for each lane': [
    [36, null],
    [576, null],
  ],
  'compare-and-swap with retry': [[60, 31]],
};

describe.each(WORKLOADS.filter(({ name }) => name in KINDS))('$name', (workload) => {
  const kinds = (KINDS[workload.name] ?? []).map(([plain, alike], at) => [at + 3, plain, alike] as const);

  it.each(kinds)(
    '%i lanes take %i schedules, and %s if equal calls are alike',
    async (lanes, plain, alike) => {
      const row = await reductionRow(workload, lanes);
      expect(row.reduction).toMatchObject({ schedules: plain, standsFor: row.orders });
      expect(row.reduction?.schedules).toBeLessThanOrEqual(row.prototype);
      expect(row.withSymmetry?.schedules ?? null).toBe(alike);
      expect(row.reduction?.cut).toBeLessThanOrEqual(0.05 * plain);
      expect(row.reduction?.toFailure !== null).toBe(workload.canFail);
    },
    60_000,
  );
});

it('counts orders as a formula does', () => {
  expect([3, 4, 5].map((lanes) => ordersOfLanes(lanes, 2))).toEqual([90, 2_520, 113_400]);
  expect(ordersOfLanes(3, 5)).toBe(756_756);
});
