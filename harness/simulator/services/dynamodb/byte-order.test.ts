/**
 * The orders of `byte-order.ts`, against the platform's own encoder.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBytes, compareUtf8 } from './byte-order.ts';

const text = fc.string({ unit: 'binary' });
const bytes = fc.uint8Array({ maxLength: 20 });
const encode = (of: string) => new TextEncoder().encode(of);

describe('byte order', () => {
  it('sorts strings as their UTF-8 bytes sort', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(compareBytes(encode(a), encode(b))));
      }),
    );
  });

  it('puts an emoji after the private-use characters, unlike JavaScript', () => {
    expect('\u{1F600}' < '\uFB00').toBe(true);
    expect(compareUtf8('\u{1F600}', '\uFB00')).toBeGreaterThan(0);
  });

  it('sorts bytes as Buffer does', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
    );
  });
});
