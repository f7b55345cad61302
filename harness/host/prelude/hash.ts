/**
 * The hashes of `node:crypto` that handlers make keys and checksums with, by `@noble/hashes`.
 */

import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import { Buffer, bufferOver, dataBytes } from './buffer.ts';
import { refuse } from './environment-now.ts';
import { invalidArgument, nodeError } from './node-errors.ts';

type State = ReturnType<CHash['create']>;

const ALGORITHMS: ReadonlyMap<string, CHash> = new Map<string, CHash>([
  ['md5', md5],
  ['ripemd160', ripemd160],
  ['sha1', sha1],
  ['sha224', sha224],
  ['sha256', sha256],
  ['sha384', sha384],
  ['sha512', sha512],
  ['sha512-224', sha512_224],
  ['sha512-256', sha512_256],
]);

/** What OpenSSL knows and a lab has not. */
const KNOWN_TO_NODE = /^(rsa-|id-rsa|ssl3-)|withrsa|^(sha3-|shake|blake2|md5-sha1|sm3)/;

/** The algorithm of this name; null for one that Node does not know either. One that only Node knows is refused by name. */
export function findHash(name: unknown): CHash | null {
  if (typeof name !== 'string') throw invalidArgument('algorithm', 'of type string', name);
  const plain = name
    .toLowerCase()
    .replace(/^rsa-(?=md5$|ripemd160$|sha\d)/, '')
    .replace(/^sha-?(?:2-)?(?=(?:1|224|256|384|512)(?:$|[-/]))/, 'sha')
    .replace('/', '-')
    .replace(/^(?:rmd160|ripemd|ripemd-160)$/, 'ripemd160');
  const found = ALGORITHMS.get(plain);
  if (found === undefined && KNOWN_TO_NODE.test(name.toLowerCase()))
    refuse(`Your code makes a hash with «${name}».`, `A lab has these: ${namesOfHashes().join(', ')}.`);
  return found ?? null;
}

export function namesOfHashes(): string[] {
  return [...ALGORITHMS.keys()];
}

/** `createHash(…)`: takes data in pieces, and gives the digest once. */
export class RealmHash {
  #state: State | null;

  constructor(algorithm: unknown) {
    const found = findHash(algorithm);
    if (found === null) throw new Error('Digest method not supported');
    this.#state = found.create();
  }

  /** `inputEncoding` is that of a text: utf8 if nothing is said. */
  update(data: unknown, inputEncoding?: string): this {
    const bytes = dataBytes(data, 'data', inputEncoding);
    this.#open().update(bytes);
    return this;
  }

  /** A Buffer, or a text in this encoding. */
  digest(encoding?: unknown): Buffer | string {
    const state = this.#open();
    this.#state = null;
    return encodeDigest(state.digest(), encoding);
  }

  /** Another hash that has been given the same data. */
  copy(): RealmHash {
    const other = new RealmHash('md5');
    other.#state = this.#open().clone();
    return other;
  }

  #open(): State {
    if (this.#state === null) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    return this.#state;
  }
}

/** In an encoding that a Buffer has; as a Buffer if none is said, or one that it has not. */
export function encodeDigest(bytes: Uint8Array, encoding: unknown): Buffer | string {
  const buffer = bufferOver(bytes);
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer;
}
