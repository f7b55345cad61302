/**
 * `createHash` of `node:crypto`, for the algorithms with which handlers compute keys. `@noble/hashes` computes the hashes.
 */

import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { toBase64 } from '../wire.ts';
import { utf8Bytes } from './text.ts';

const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { md5, sha1, sha256, sha512 };

export interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding?: 'hex' | 'base64' | 'base64url'): string | Uint8Array;
}

/** Throws for an unknown algorithm; the error names the known ones. */
export function createHash(algorithm: string): Hash {
  const hash = ALGORITHMS[algorithm.toLowerCase().replace('-', '')];
  if (hash === undefined)
    throw new Error(
      `createHash('${algorithm}') is not available in a lab. Use one of: ${Object.keys(ALGORITHMS).join(', ')}.`,
    );
  const parts: number[] = [];
  const self: Hash = {
    update(data) {
      for (const byte of typeof data === 'string' ? utf8Bytes(data) : data) parts.push(byte);
      return self;
    },
    digest(encoding) {
      const bytes = hash(Uint8Array.from(parts));
      switch (encoding) {
        case undefined:
          return bytes;
        case 'hex':
          return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        case 'base64':
          return toBase64(bytes);
        case 'base64url':
          return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      }
    },
  };
  return self;
}
