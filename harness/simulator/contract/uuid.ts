/**
 * Ids in the form of AWS's. AWS draws them by chance; here they follow from words, so that equal choices give equal ids.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A UUID of version 4 by its form, which follows from these words. */
export function uuidFrom(words: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(words)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
