/**
 * Sequence numbers of the records of a table's stream, and the texts of their items' keys.
 *
 * AWS's sequence numbers have 21 to 40 digits and grow within a shard. These hold which stream of its name, and which record of it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 */

import type { Position } from '../../contract/event-source.ts';
import type { AttributeMap } from './attribute-value.ts';

const FIRST_DIGITS = '1';
const [GENERATION_DIGITS, INDEX_DIGITS] = [6, 15];
const FORM = new RegExp(`^${FIRST_DIGITS}(\\d{${GENERATION_DIGITS}})(\\d{${INDEX_DIGITS}})$`);

/** The sequence number of a record, from 1. */
export function changeSequenceNumber(generation: number, index: number): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  return FIRST_DIGITS + digits(generation, GENERATION_DIGITS) + digits(index, INDEX_DIGITS);
}

/** The index of the first record behind a position. Those of an earlier stream of the name lead nowhere. */
export function firstIndexBehind(generation: number, from: Position): number {
  if (from === null) return 1;
  const [, ofStream, index] = FORM.exec(from) ?? [];
  return Number(ofStream) === generation ? Number(index) + 1 : Number.MAX_SAFE_INTEGER;
}

/** Equal for equal keys, in whatever order a request gives their parts. */
export function keyText(key: AttributeMap): string {
  const parts = Object.entries(key).map(([name, value]) => JSON.stringify({ [name]: value }));
  return parts.sort().join('/');
}
