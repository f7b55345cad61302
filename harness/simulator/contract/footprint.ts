/**
 * Footprints as services write them: what a step looked at and what it changed, by paths that mean the same in every service.
 *
 * `dynamodb/Counters/{"id":{"S":"clicks"}}`, `lambda/bump/settings`; a `*` at the end covers everything below. When two steps
 * commute is the kernel's business (`kernel/footprint.ts`).
 */

import type { StepFootprint } from '../kernel/footprint.ts';

/** What one step looks at and changes. A path that is missing hides orders, so a service errs on the side of too much. */
export type Footprint = StepFootprint;

export const NO_FOOTPRINT: Footprint = { reads: [], writes: [] };

/** Both together. */
export function joined(a: Footprint, b: Footprint): Footprint {
  const [reads, writes] = [
    [...a.reads, ...b.reads],
    [...a.writes, ...b.writes],
  ];
  if (a.adds === undefined && b.adds === undefined) return { reads, writes };
  return { reads, writes, adds: [...(a.adds ?? []), ...(b.adds ?? [])] };
}
