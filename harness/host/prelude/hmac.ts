/**
 * HMAC of `node:crypto`: signs webhooks and checks their signatures. By `@noble/hashes`.
 */

import { hmac } from '@noble/hashes/hmac.js';
import { type Buffer, dataBytes } from './buffer.ts';
import { encodeDigest, findHash } from './hash.ts';
import { invalidArgument, nodeError } from './node-errors.ts';

/** `createHmac(…)`. */
export class RealmHmac {
  #state: ReturnType<typeof hmac.create> | null;

  constructor(algorithm: unknown, key: unknown) {
    if (typeof algorithm !== 'string') throw invalidArgument('hmac', 'of type string', algorithm);
    const found = findHash(algorithm);
    if (found === null) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
    this.#state = hmac.create(found, dataBytes(key, 'key'));
  }

  /** `inputEncoding` is that of a text: utf8 if nothing is said. */
  update(data: unknown, inputEncoding?: string): this {
    if (this.#state === null) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#state.update(dataBytes(data, 'data', inputEncoding));
    return this;
  }

  /** A Buffer, or a text in this encoding. Of an HMAC that has been asked before: nothing, as in Node. */
  digest(encoding?: unknown): Buffer | string {
    const bytes = this.#state?.digest() ?? new Uint8Array(0);
    this.#state = null;
    return encodeDigest(bytes, encoding);
  }
}

/** Whether two signatures are the same. Throws for different lengths. A lab has no time that could tell where they differ. */
export function timingSafeEqual(first: unknown, second: unknown): boolean {
  const [a, b] = [viewOf(first, 'buf1'), viewOf(second, 'buf2')];
  if (a.length !== b.length)
    throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return sameBytes(a, b);
}

/** Of the same length, with the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function viewOf(data: unknown, name: string): Uint8Array {
  if (typeof data !== 'string') return dataBytes(data, name);
  throw invalidArgument(name, 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
}
