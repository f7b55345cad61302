/**
 * Base64 of a text's UTF-8 bytes, as Fn::Base64 returns it.
 */

import { utf8ToBytes } from '@noble/hashes/utils.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, with padding. */
export function base64(text: string): string {
  const bytes = utf8ToBytes(text);
  let out = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(start, start + 3);
    const group = (first << 16) | (second << 8) | third;
    const characters = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63]).join('');
    const missing = Math.max(0, start + 3 - bytes.length);
    out += characters.slice(0, 4 - missing) + '='.repeat(missing);
  }
  return out;
}
