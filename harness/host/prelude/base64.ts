/**
 * `atob` and `btoa`: base64 for text whose characters are bytes.
 *
 * https://infra.spec.whatwg.org/#forgiving-base64. For bytes there are Buffers.
 */

import { fromBase64, toBase64 } from '../wire.ts';
import { RealmDOMException } from './dom-exception.ts';

/** Throws an InvalidCharacterError for text that is no base64. */
export function atobOf(text: unknown): string {
  const compact = String(text).replace(/[\t\n\f\r ]/g, '');
  const letters = compact.length % 4 === 0 ? compact.replace(/={1,2}$/, '') : compact;
  if (/[^A-Za-z0-9+/]/.test(letters)) throw new RealmDOMException('Invalid character', 'InvalidCharacterError');
  if (letters.length % 4 === 1)
    throw new RealmDOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  return Array.from(fromBase64(letters), (byte) => String.fromCharCode(byte)).join('');
}

/** Throws an InvalidCharacterError for characters that are no bytes. */
export function btoaOf(text: unknown): string {
  const letters = String(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) {
    const code = letters.charCodeAt(at);
    if (code > 255) throw new RealmDOMException('Invalid character', 'InvalidCharacterError');
    bytes[at] = code;
  }
  return toBase64(bytes);
}
