/** `RequestReader` reads members by their shapes and refuses them in the service's own words. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_SIMULATED } from './answer.ts';
import { Refusal, refusal } from './refusal.ts';
import { checkMembers, RequestReader } from './request.ts';

const read = new RequestReader({
  missing: (member) => refusal('Missing', member),
  wrongType: (member, value, wanted) => refusal('WrongType', `${member} is ${JSON.stringify(value)}, not a ${wanted}`),
  outOfBounds: (member, value, { min, max }) => refusal('OutOfBounds', `${member}: ${min} <= ${value} <= ${max}`),
  notOneOf: (member, value, allowed) => refusal('NotOneOf', `${member}: ${String(value)} of ${allowed.join('|')}`),
});

/** The code of the refusal; null if the reading succeeds. */
function refusedWith(reading: () => unknown): string | null {
  try {
    reading();
    return null;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return problem.answer.error.code;
  }
}

describe('a member', () => {
  it.each<[string, () => unknown]>([
    ['a string', () => read.text({}, 'a')],
    ['a structure', () => read.record({ a: null }, 'a')],
    ['a list of structures', () => read.records({ a: undefined }, 'a')],
  ])('that must be %s is refused as missing if it is not given', (_, reading) =>
    expect(refusedWith(reading)).toBe('Missing'),
  );

  it.each<[string, () => unknown]>([
    ['a string', () => read.text({ a: 1 }, 'a')],
    ['a boolean', () => read.boolean({ a: 'true' }, 'a')],
    ['a whole number', () => read.integer({ a: 1.5 }, 'a', { min: 0 })],
    ['a whole number that is no rounded one', () => read.integer({ a: 1e21 }, 'a', { min: 0 })],
    ['a structure', () => read.record({ a: [] }, 'a')],
    ['no bytes', () => read.record({ a: new Uint8Array() }, 'a')],
    ['a list', () => read.texts({ a: 'x' }, 'a')],
    ['a list of structures only', () => read.records({ a: [{}, 1] }, 'a')],
  ])('that its shape says is %s is refused if it is not', (_, reading) =>
    expect(refusedWith(reading)).toBe('WrongType'),
  );

  it('that is optional is undefined if it is not given', () => {
    expect([read.optionalText({}, 'a'), read.boolean({}, 'a'), read.oneOf({ a: null }, 'a', ['x'])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(read.texts({}, 'a')).toEqual([]);
  });

  it('with bounds accepts both bounds and nothing outside them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.nat(), (value, min, more) => {
        const reading = () => read.integer({ a: value }, 'a', { min, max: min + more });
        expect(refusedWith(reading)).toBe(value < min || value > min + more ? 'OutOfBounds' : null);
      }),
    );
  });

  it('with a fixed set of values accepts no other value', () => {
    expect(read.oneOf({ a: 'y' }, 'a', ['x', 'y'])).toBe('y');
    expect(refusedWith(() => read.oneOf({ a: 'z' }, 'a', ['x', 'y']))).toBe('NotOneOf');
  });
});

it('that is not modelled is refused by name, unless it is null', () => {
  expect(refusedWith(() => checkMembers('Put', { a: 1, b: 2 }, ['a']))).toBe(NOT_SIMULATED);
  expect(refusedWith(() => checkMembers('Put', { a: 1, b: null }, new Set(['a'])))).toBeNull();
  expect(refusedWith(() => checkMembers('Put', { a: 1, b: 2 }, ['a'], new Set(['b'])))).toBeNull();
});

it('a list of texts holds a value of another type as JSON, whatever the value claims to be', () => {
  expect(read.texts({ a: ['b', 7, { toString: 1 }] }, 'a')).toEqual(['b', '7', '{"toString":1}']);
});
