/**
 * Chance for learners, drawn from the run's seed, for `Math.random` and `crypto`. Equal runs draw equal numbers.
 */

import { splitMix32 } from '../../simulator/kernel/choices.ts';

/** A generator that can be set back to the start of a run. */
export interface RealmRandom {
  reseed(seed: number): void;
  /** A fraction in [0, 1) with 32 bits. */
  fraction(): number;
  fill<Bytes extends Uint8Array>(bytes: Bytes): Bytes;
  uuid(): string;
}

export function makeRandom(): RealmRandom {
  let next = splitMix32(0);
  const fill = <Bytes extends Uint8Array>(bytes: Bytes): Bytes => {
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = next() & 255;
    return bytes;
  };
  return {
    reseed: (seed) => {
      next = splitMix32(seed);
    },
    fraction: () => next() / 2 ** 32,
    fill,
    uuid: () => {
      const hex = [...fill(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
