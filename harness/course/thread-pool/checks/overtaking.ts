/**
 * A counter of this lab: how often an older state of an order came to legacy after a newer one.
 *
 * It looks at legacy and not at Lambda's queue, so it measures the danger in every design.
 */

import { type Counter, counterOf } from '../../kit/counter.ts';
import { changeIn, legacy } from '../legacy.ts';

export function olderAfterNewer(): Counter {
  return counterOf(['downstream-entered'], (entries) => {
    const newest = new Map<string, number>();
    let count = 0;
    for (const { event } of entries) {
      const change = event.downstream === legacy.name ? changeIn(event.request) : null;
      if (change === null) continue;
      const before = newest.get(change.orderId) ?? Number.NEGATIVE_INFINITY;
      if (change.version < before) count += 1;
      newest.set(change.orderId, Math.max(before, change.version));
    }
    return count;
  });
}
