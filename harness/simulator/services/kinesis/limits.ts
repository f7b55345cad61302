/**
 * What a shard takes and gives in a second (KI-05 to KI-07). A limit measures elapsed time, so it holds in timed runs only; in
 * exploration, calls that are throttled are a fault with a budget.
 *
 * UV-40: a second is one of virtual time, from a whole second to the next.
 */

import type { SecondOfUse, StreamShard } from './state.ts';

/** KI-05. */
const WRITES = { times: 1_000, bytes: 1_048_576 };
/** KI-07. */
const READS = { times: 5, bytes: 2_097_152 };
/** KI-06: an answer of this size closes the shard for readers for as long as 2 MB a second would have taken. */
export const MOST_BYTES_READ = 10_485_760;

interface Instant {
  readonly nowMs: number;
  readonly isTimed: boolean;
}

/** Takes one record into account; false if its shard has no room for it in this second. */
export function takesRecord({ used }: StreamShard, bytes: number, { nowMs, isTimed }: Instant): boolean {
  if (!isTimed) return true;
  const written = inSecond(used.written, nowMs);
  if (written.times + 1 > WRITES.times || written.bytes + bytes > WRITES.bytes) return false;
  used.written = { ...written, times: written.times + 1, bytes: written.bytes + bytes };
  return true;
}

/** Whether a shard answers one more read in this second. Where none is counted, it always does. */
export function answersRead({ used }: StreamShard, nowMs: number): boolean {
  const read = inSecond(used.read, nowMs);
  return nowMs >= used.readableAtMs && read.times < READS.times && read.bytes < READS.bytes;
}

/** Takes a read into account that was answered. */
export function countRead({ used }: StreamShard, bytes: number, { nowMs, isTimed }: Instant): void {
  if (!isTimed) return;
  const read = inSecond(used.read, nowMs);
  used.read = { ...read, times: read.times + 1, bytes: read.bytes + bytes };
  used.readableAtMs = nowMs + (bytes > READS.bytes ? Math.floor((bytes / READS.bytes) * 1_000) : 0);
}

/** What was used in the present second. */
function inSecond(use: SecondOfUse, nowMs: number): SecondOfUse {
  const second = Math.floor(nowMs / 1_000);
  return use.second === second ? use : { second, times: 0, bytes: 0 };
}
