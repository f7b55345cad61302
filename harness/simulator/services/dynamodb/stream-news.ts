/**
 * What a table's stream tells its readers: that there is something to read. And how long it keeps that.
 */

import type { DynamoDBEffect } from './messages.ts';
import type { DynamoDBState, Table } from './state.ts';
import { streamLane } from './stream-shown.ts';
import { streamArn } from './table-stream.ts';

/** The one shard of a table's stream (UV-70). */
export const SHARD_OF_CHANGES = 'shardId-00000000000000000001-00000001';

/** DD-12. */
const KEPT_FOR_MS = 24 * 3_600_000;

/** Records that arrived at this instant or before have expired. */
export function changesExpiredUntilMs(nowMs: number): number {
  return nowMs - KEPT_FOR_MS;
}

/** The instant from which on a record is no longer there. */
export function changeExpiresAtMs(arrivedAtMs: number): number {
  return arrivedAtMs + KEPT_FOR_MS;
}

/** A report to the mappings that read a table's stream; none if there are none. `keys`: those of the records that arrived. */
export function newsOfStream(
  state: DynamoDBState,
  { definition: { name }, stream }: Table,
  keys?: readonly string[],
): readonly DynamoDBEffect[] {
  if (stream === null || stream.reader === null) return [];
  const source = streamArn(state, name, stream.label);
  const available = { kind: 'available', source, lane: SHARD_OF_CHANGES, isAtOnce: false, after: [] } as const;
  const request = keys === undefined ? available : { ...available, keys };
  return [{ kind: 'send', to: stream.reader.arn, by: streamLane(name), request }];
}
