/**
 * How long records are kept (KI-10): which of a shard have not expired.
 *
 * Expiry is a matter of instants: no step removes a record when its time is over, and each step that looks leaves the expired out.
 */

import { forgetExpired, placeOfRecord } from '../../contract/lane-records.ts';
import type { DataStream, StreamRecord, StreamShard } from './state.ts';

const HOUR_MS = 3_600_000;

/** Records that arrived at this instant or before have expired. */
export function expiredUntilMs({ retentionHours }: DataStream, nowMs: number): number {
  return nowMs - retentionHours * HOUR_MS;
}

/** The instant from which on a record that arrived then is no longer there, as long as the retention stays what it is. */
export function expiryMs({ retentionHours }: DataStream, arrivedAtMs: number): number {
  return arrivedAtMs + retentionHours * HOUR_MS;
}

/** The records of a shard from this index on that have not expired, at most `most`. */
export function recordsFrom(
  stream: DataStream,
  shard: StreamShard,
  index: number,
  { most, nowMs }: { readonly most: number; readonly nowMs: number },
): readonly StreamRecord[] {
  const at = placeFrom(stream, shard, index, nowMs);
  return shard.records.slice(at, at + most);
}

/** Where the first of these records stands among those that the shard keeps. */
export function placeFrom(stream: DataStream, { records }: StreamShard, index: number, nowMs: number): number {
  return placeOfRecord(records, index, expiredUntilMs(stream, nowMs));
}

/** Forgets the records that have expired. Only steps that change the shard may do so. */
export function dropExpired(stream: DataStream, { records }: StreamShard, nowMs: number): void {
  forgetExpired(records, expiredUntilMs(stream, nowMs));
}

/** Whether a closed shard has no record left that could be read: it is listed no more. */
export function isExpired(stream: DataStream, { closedAtMs }: StreamShard, nowMs: number): boolean {
  return closedAtMs !== null && closedAtMs <= expiredUntilMs(stream, nowMs);
}
