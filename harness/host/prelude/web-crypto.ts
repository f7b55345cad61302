/**
 * Web Crypto: random values of the run, hashes, and HMAC. Everything else of `crypto.subtle` is refused by name.
 *
 * https://w3c.github.io/webcrypto/
 */

import { hmac } from '@noble/hashes/hmac.js';
import type { CHash } from '@noble/hashes/utils.js';
import { dataBytes } from './buffer.ts';
import { RealmDOMException } from './dom-exception.ts';
import { refuse } from './environment-now.ts';
import { findHash } from './hash.ts';
import { sameBytes } from './hmac.ts';
import { illegalConstructor, invalidArgument } from './node-errors.ts';
import type { RealmRandom } from './random.ts';

const MAKING = Symbol('making');

/** https://w3c.github.io/webcrypto/#Crypto-method-getRandomValues */
const MOST_RANDOM_BYTES = 65_536;

export const SUBTLE_ADVICE = 'A lab’s crypto.subtle has digest, and HMAC by importKey («raw»), sign and verify.';

type Algorithm = string | { readonly name?: unknown; readonly hash?: Algorithm };

interface HmacKey {
  readonly bytes: Uint8Array;
  readonly hash: CHash;
}

let secretOf: (key: RealmCryptoKey) => HmacKey;

export class RealmCryptoKey {
  readonly type = 'secret';
  readonly extractable: boolean;
  readonly algorithm: object;
  readonly usages: readonly string[];
  readonly #secret: HmacKey;

  static {
    secretOf = (key) => key.#secret;
  }

  constructor(token: unknown, secret: HmacKey, shown: Pick<RealmCryptoKey, 'extractable' | 'algorithm' | 'usages'>) {
    if (token !== MAKING) throw illegalConstructor();
    this.#secret = secret;
    this.extractable = shown.extractable;
    this.algorithm = shown.algorithm;
    this.usages = shown.usages;
  }
}

/** `crypto.subtle`. Its methods answer with promises, and so do their errors. */
export class RealmSubtleCrypto {
  constructor(token: unknown) {
    if (token !== MAKING) throw illegalConstructor();
  }

  async digest(algorithm: Algorithm, data: unknown): Promise<ArrayBuffer> {
    return bufferOf(hashNamed(algorithm).hash(sourceBytes(data, 'data')));
  }

  async importKey(
    format: string,
    data: unknown,
    algorithm: Algorithm,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<RealmCryptoKey> {
    if (format !== 'raw' || nameOf(algorithm) !== 'HMAC')
      refuse(`Your code imports a key of ${nameOf(algorithm)} as «${format}».`, SUBTLE_ADVICE);
    const { name, hash } = hashNamed((typeof algorithm === 'object' ? algorithm.hash : undefined) ?? '');
    if (usages.some((usage) => usage !== 'sign' && usage !== 'verify') || usages.length === 0)
      throw new RealmDOMException('Unsupported key usage for HMAC key', 'SyntaxError');
    const bytes = sourceBytes(data, 'keyData').slice();
    if (bytes.length === 0) throw new RealmDOMException('Zero-length key is not supported', 'DataError');
    return new RealmCryptoKey(
      MAKING,
      { bytes, hash },
      {
        extractable: Boolean(extractable),
        algorithm: { name: 'HMAC', length: bytes.length * 8, hash: { name } },
        usages: ['sign', 'verify'].filter((usage) => usages.includes(usage)),
      },
    );
  }

  async sign(algorithm: Algorithm, key: unknown, data: unknown): Promise<ArrayBuffer> {
    const { hash, bytes } = keyFor('sign', algorithm, key);
    return bufferOf(hmac(hash, bytes, sourceBytes(data, 'data')));
  }

  async verify(algorithm: Algorithm, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
    const { hash, bytes } = keyFor('verify', algorithm, key);
    return sameBytes(sourceBytes(signature, 'signature'), hmac(hash, bytes, sourceBytes(data, 'data')));
  }
}

function keyFor(usage: 'sign' | 'verify', algorithm: Algorithm, key: unknown): HmacKey {
  if (nameOf(algorithm) !== 'HMAC') refuse(`Your code signs with ${nameOf(algorithm)}.`, SUBTLE_ADVICE);
  if (!(key instanceof RealmCryptoKey)) throw invalidArgument('key', 'an instance of CryptoKey', key);
  if (!key.usages.includes(usage))
    throw new RealmDOMException(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  return secretOf(key);
}

function nameOf(algorithm: Algorithm): string {
  return String(typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm).toUpperCase();
}

/** SHA-1, SHA-256, SHA-384 or SHA-512. */
function hashNamed(algorithm: Algorithm): { readonly name: string; readonly hash: CHash } {
  const name = nameOf(algorithm);
  if (/^(?:SHA3-\d|C?SHAKE|TURBOSHAKE|KT)/.test(name)) refuse(`Your code makes a hash with «${name}».`, SUBTLE_ADVICE);
  const hash = /^SHA-(?:1|256|384|512)$/.test(name) ? findHash(name) : null;
  if (hash === null) throw new RealmDOMException('Unrecognized algorithm name', 'NotSupportedError');
  return { name, hash };
}

function sourceBytes(data: unknown, name: string): Uint8Array {
  if (typeof data !== 'string') return dataBytes(data, name);
  throw invalidArgument(name, 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

/** What the global `crypto` is. */
export class RealmCrypto {
  readonly subtle: RealmSubtleCrypto;
  readonly getRandomValues: (view: unknown) => unknown;
  readonly randomUUID: () => string;

  constructor(token: unknown, random: RealmRandom) {
    if (token !== MAKING) throw illegalConstructor();
    this.subtle = new RealmSubtleCrypto(MAKING);
    this.randomUUID = () => random.uuid();
    this.getRandomValues = (view) => {
      if (!isIntegerView(view))
        throw new RealmDOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      if (view.byteLength > MOST_RANDOM_BYTES)
        throw new RealmDOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
      random.fill(dataBytes(view, 'data'));
      return view;
    };
  }
}

function isIntegerView(view: unknown): view is ArrayBufferView {
  return (
    ArrayBuffer.isView(view) && !(view instanceof DataView) && !/^Float/.test(Reflect.get(view, Symbol.toStringTag))
  );
}

export function makeWebCrypto(random: RealmRandom): RealmCrypto {
  return new RealmCrypto(MAKING, random);
}
