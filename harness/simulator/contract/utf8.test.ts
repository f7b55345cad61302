/** The short conversions between text and bytes agree with the platform's encoders. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromUtf8, toUtf8, utf8Length } from './utf8.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
  fc.constantFrom('\uFEFFa', '\uD800', 'é'.repeat(300)),
);

it('writes every text as the platform does', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(toUtf8(text)).toEqual(new TextEncoder().encode(text));
    }),
  );
});

it('reads any bytes as the platform does', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    texts.map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, (some) => {
      expect(fromUtf8(some)).toBe(new TextDecoder().decode(some));
    }),
  );
});

it('counts the bytes of a text as the platform does', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).byteLength);
    }),
  );
});
