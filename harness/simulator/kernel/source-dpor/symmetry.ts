/**
 * Symmetry of equal calls: how many interleavings one run stands for because some of its steps are interchangeable.
 *
 * The agenda offers only one order of events that are marked `alike`. Each of their other orders would give the same run with
 * other names, and is counted here as tried.
 */

import type { EnabledStep } from './enabled-step.ts';

/** The number of orders of the steps that are alike: n! for each group of n. */
export function ordersOfAlike(steps: readonly { readonly chosen: EnabledStep }[]): bigint {
  const groups = new Map<string, number>();
  let count = 1n;
  for (const { chosen } of steps) {
    if (!chosen.alike) continue;
    const group = `${chosen.scheduledBy} ${chosen.lane}`;
    const size = (groups.get(group) ?? 0) + 1;
    groups.set(group, size);
    count *= BigInt(size);
  }
  return count;
}
