/**
 * Values are found under the same data and no other, for few or many entries; the order of members counts.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import { Known } from './known.ts';
import { sameData } from './same-data.ts';

/** Small, so that two values are often the same. */
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(0, 1, -0, 'a', '', null, true, undefined),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
    fc.uint8Array({ maxLength: 1 }),
  ),
})).value;

/** Every visible difference, as text. */
function written(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (value instanceof Uint8Array) return `bytes ${value.join(' ')}`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : `${value}`;
  return `{${Object.entries(value).map(([key, member]) => `${key}:${written(member)}`)}}`;
}

it('treats two values as the same if code could not tell them apart', () => {
  fc.assert(
    fc.property(data, data, (a, b) => {
      expect(sameData(a, b)).toBe(written(a) === written(b));
    }),
  );
});

it('gives the same fingerprint to values that code could not tell apart, and another one to nearly all others', () => {
  const some = fc.sample(fc.tuple(data, fc.string({ maxLength: 60 }), fc.integer()), { seed: 7, numRuns: 400 });
  const different = new Map(some.map((value) => [JSON.stringify(value, (_, it) => it ?? null), value]));
  const fingerprints = new Set([...different.values()].map(fingerprintOf));
  expect(fingerprints.size).toBeGreaterThan(0.99 * different.size);
  for (const value of some) expect(fingerprintOf(structuredClone(value))).toBe(fingerprintOf(value));
});

it('never treats values as the same that are not plain data', () => {
  expect(sameData(new Date(0), new Date(0))).toBe(false);
  expect(sameData(new Map(), new Map())).toBe(false);
  expect(sameData({}, Object.create({ inherited: 1 }))).toBe(false);
});

it('finds what was stored, for few or many entries', () => {
  fc.assert(
    fc.property(fc.array(data, { maxLength: 40 }), fc.array(data, { maxLength: 10 }), (kept, others) => {
      const known = new Known<string>();
      const model = new Map<string, string>();
      for (const [place, each] of kept.entries()) {
        if (model.has(written(each))) continue;
        known.add([each], `${place}`);
        model.set(written(each), `${place}`);
      }
      for (const each of [...kept, ...others]) expect(known.get([each])).toBe(model.get(written(each)));
    }),
  );
});
