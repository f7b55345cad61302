/**
 * Footprints as services write them: the paths that a step reads and the paths that it writes. A path means the same in every
 * service.
 *
 * `dynamodb/Counters/{"id":{"S":"clicks"}}`, `lambda/bump/settings`; a `*` at the end covers everything below. Whether two
 * footprints commute is decided in `kernel/footprint.ts`.
 */

import type { StepFootprint } from '../kernel/footprint.ts';

/** What one step reads and writes. A missing path hides schedules, so a service errs on the side of too many paths. */
export type Footprint = StepFootprint;

export const NO_FOOTPRINT: Footprint = { reads: [], writes: [] };

/** The union of two footprints. */
export function joined(a: Footprint, b: Footprint): Footprint {
  const [reads, writes] = [
    [...a.reads, ...b.reads],
    [...a.writes, ...b.writes],
  ];
  if (a.adds === undefined && b.adds === undefined) return { reads, writes };
  return { reads, writes, adds: [...(a.adds ?? []), ...(b.adds ?? [])] };
}
