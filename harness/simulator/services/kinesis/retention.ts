/**
 * How long records are kept (KI-10): which of a shard have not expired.
 *
 * Expiry is a matter of instants: no step removes a record when its time is over, and each step that looks leaves the expired out.
 */

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
  const horizonMs = expiredUntilMs(stream, nowMs);
  const [first] = records;
  if (first === undefined) return 0;
  let at = Math.max(0, index - first.index);
  for (let record = records[at]; record !== undefined && record.arrivedAtMs <= horizonMs; record = records[at]) at += 1;
  return at;
}

/** Forgets the records that have expired. Only steps that change the shard may do so. */
export function dropExpired(stream: DataStream, { records }: StreamShard, nowMs: number): void {
  const horizonMs = expiredUntilMs(stream, nowMs);
  const [first] = records;
  if (first === undefined || first.arrivedAtMs > horizonMs) return;
  const kept = records.findIndex(({ arrivedAtMs }) => arrivedAtMs > horizonMs);
  records.splice(0, kept < 0 ? records.length : kept);
}

/** Whether a closed shard has no record left that could be read: it is listed no more. */
export function isExpired(stream: DataStream, { closedAtMs }: StreamShard, nowMs: number): boolean {
  return closedAtMs !== null && closedAtMs <= expiredUntilMs(stream, nowMs);
}
