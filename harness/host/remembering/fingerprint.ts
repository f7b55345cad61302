/**
 * A number for a piece of plain data: the same for data that code can't tell apart, and mostly another one for other data.
 *
 * It finds data among much data; `same-data.ts` then says whether it is the same. Of a long text only some characters count, so that a
 * number costs less than a comparison.
 */

/** Texts up to this length count with every character. */
const SHORT_TEXT = 24;
/** As many characters of a longer text count, evenly spread, and as many bytes of binary data. */
const SAMPLED = 16;

/** A 32-bit integer. */
export function fingerprintOf(data: unknown): number {
  switch (typeof data) {
    case 'string':
      return ofText(data);
    case 'number':
      // A fraction counts by its digits: instants and counts are whole numbers.
      return Number.isInteger(data) ? Math.imul(data | 0, 0x9e3779b1) : ofText(String(data));
    case 'object':
      return data === null ? 1 : ofObject(data);
    default:
      return data === true ? 2 : 3;
  }
}

function ofText(text: string): number {
  const { length } = text;
  const step = length <= SHORT_TEXT ? 1 : Math.floor(length / SAMPLED);
  let sum = length;
  for (let at = length - 1; at >= 0; at -= step) sum = mixed(sum, text.charCodeAt(at));
  return sum;
}

function ofObject(data: object): number {
  if (data instanceof Uint8Array) return ofBytes(data);
  let sum = 5;
  if (Array.isArray(data)) {
    for (const item of data) sum = mixed(sum, fingerprintOf(item));
    return sum;
  }
  // The names of members differ only where their number or their values do, nearly always.
  for (const key in data) sum = mixed(sum, fingerprintOf((data as Readonly<Record<string, unknown>>)[key]));
  return sum;
}

function ofBytes(bytes: Uint8Array): number {
  const step = Math.max(1, Math.floor(bytes.length / SAMPLED));
  let sum = bytes.length;
  for (let at = bytes.length - 1; at >= 0; at -= step) sum = mixed(sum, bytes[at] ?? 0);
  return sum;
}

function mixed(sum: number, next: number): number {
  return Math.imul(sum ^ next, 0x85ebca6b) ^ (sum >>> 13);
}
