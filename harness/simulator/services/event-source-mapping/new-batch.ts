/**
 * How a batch begins, and what it is called.
 */

import { type LaneName, nameOfLane } from './lanes.ts';
import type { Batch, EventSourceMapping, Lane, MappingsState } from './state.ts';

/** Where a batch comes from. */
export type BatchOrigin = Pick<Batch, 'visibleAgainAtMs' | 'next'>;

/** Adds a batch without items. */
export function newBatch(state: MappingsState, mapping: EventSourceMapping, lane: Lane, origin: BatchOrigin): Batch {
  const id = `${mapping.uuid}/${numberOfBatch(mapping, lane)}`;
  const batch = batchWithoutItems(id, mapping, nameOfLane(lane), origin);
  state.batches.set(id, batch);
  return batch;
}

/** Batches of different lanes don't share a count: which comes first must not name them. */
function numberOfBatch(mapping: EventSourceMapping, lane: Lane): string {
  const counted = lane.name === null ? mapping : lane;
  counted.lastBatch += 1;
  const part = lane.part === null ? '' : `/${lane.part.place}`;
  return lane.name === null ? `batch-${counted.lastBatch}` : `${lane.name}${part}/batch-${counted.lastBatch}`;
}

/** A batch of this name that is not known yet. */
export function batchWithoutItems(
  id: string,
  { uuid }: EventSourceMapping,
  lane: LaneName,
  { visibleAgainAtMs, next }: BatchOrigin,
): Batch {
  return {
    ...{ id, mapping: uuid, ...lane, items: [], state: 'gathering', visibleAgainAtMs, next },
    ...{ throttles: 0, rest: [], attempts: 0, pauses: 0, hasFailed: false, givenUp: 0, isLast: false, isTwice: false },
    closing: null,
  };
}
