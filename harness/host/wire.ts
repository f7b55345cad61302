/**
 * How data crosses the border of a realm: as JSON text, in both directions, and in no other way.
 *
 * No object of one realm is ever visible in the other, so nothing can be smuggled through a prototype, a getter, a proxy or
 * `toJSON`. Blobs travel as base64 under a reserved name. Both sides of the border use this file.
 */

const BLOB = '$raceproof-blob';

/** Text for any plain data. Blobs are `Uint8Array`. */
export function encode(value: unknown): string {
  return hasBlob(value) ? JSON.stringify(value, replaceBlob) : JSON.stringify(value);
}

function replaceBlob(_key: string, member: unknown): unknown {
  return member instanceof Uint8Array ? { [BLOB]: toBase64(member) } : member;
}

/** Most messages have no blob, and a replacer makes writing them several times slower. */
function hasBlob(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.some(hasBlob);
  for (const key in value) {
    if (hasBlob((value as Record<string, unknown>)[key])) return true;
  }
  return false;
}

/** Recreates the data, made of this realm's own objects. */
export function decode(text: string): unknown {
  if (!text.includes(BLOB)) return JSON.parse(text);
  return JSON.parse(text, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object') return member;
    const blob = (member as Record<string, unknown>)[BLOB];
    return typeof blob === 'string' ? fromBase64(blob) : member;
  });
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 base64. We implement it because a bare realm has neither `btoa` nor `Buffer`. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET.charAt(triple >> 18) + ALPHABET.charAt((triple >> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((triple >> 6) & 63) : '=';
    text += left > 2 ? ALPHABET.charAt(triple & 63) : '=';
  }
  return text;
}

/** The bytes of {@link toBase64}'s text. */
export function fromBase64(text: string): Uint8Array {
  const clean = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of clean) {
    bits = (bits << 6) | ALPHABET.indexOf(letter);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 255;
  }
  return bytes;
}
