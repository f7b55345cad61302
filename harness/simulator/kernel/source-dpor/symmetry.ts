/**
 * How many runs one run stands for because some of its steps are interchangeable: of these, one order was offered.
 */

import type { Candidate } from './choice-point.ts';

/** For every group of steps that are alike, in how many orders they could have been numbered. */
export function renamings(steps: readonly { readonly chosen: Candidate }[]): bigint {
  const groups = new Map<string, number>();
  let count = 1n;
  for (const { chosen } of steps) {
    if (!chosen.alike) continue;
    const group = `${chosen.madeBy} ${chosen.lane}`;
    const size = (groups.get(group) ?? 0) + 1;
    groups.set(group, size);
    count *= BigInt(size);
  }
  return count;
}
