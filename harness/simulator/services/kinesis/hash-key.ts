/**
 * Which shard a record belongs to: hash keys, and ranges of them (KI-01).
 *
 * It knows numbers only. Which shards a stream has, and which are open, stands elsewhere.
 */

import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HashKeyRange } from './state.ts';

/** There are this many hash keys: 0 is the first, 2¹²⁸ − 1 the last. */
export const HASH_KEYS = 2n ** 128n;

/** The MD5 of a partition key, as an unsigned number of 128 bits. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${bytesToHex(md5(utf8ToBytes(partitionKey)))}`);
}

/** Whether a range holds a hash key. */
export function coversHashKey({ start, end }: HashKeyRange, hashKey: bigint): boolean {
  return start <= hashKey && hashKey <= end;
}

/** All hash keys, in this many ranges of the same size. */
export function uniformRanges(count: number): readonly HashKeyRange[] {
  const starts = Array.from({ length: count + 1 }, (_, place) => (BigInt(place) * HASH_KEYS) / BigInt(count));
  return starts.slice(0, -1).map((start, place) => ({ start, end: (starts[place + 1] ?? HASH_KEYS) - 1n }));
}
