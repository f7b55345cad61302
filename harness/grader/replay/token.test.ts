/**
 * Replay tokens: a written token can be read again, and any other text gets a sentence.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pick } from '../../simulator/kernel/choices.ts';
import { readToken, writeToken } from './token.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const record = fc.array(
  fc.record({ reason: fc.constant('next'), of: fc.constant(40_000), chosen: fc.nat({ max: 39_999 }) }),
  { maxLength: 60 },
);
const run = fc.record({
  lab: name,
  labVersion: fc.integer({ min: 1, max: 999_999 }),
  scenario: name,
  code: fc.stringMatching(/^[0-9a-f]{8}$/),
  record: record as fc.Arbitrary<Pick[]>,
});

/** The choices without the ordinary course at their end, which a token does not contain. */
const withoutTail = (chosen: readonly number[]): readonly number[] =>
  chosen.slice(0, chosen.findLastIndex((index) => index !== 0) + 1);

describe('a token', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(run, ({ record, ...about }) => {
        const chosen = withoutTail(record.map((pick) => pick.chosen));
        expect(readToken(writeToken({ ...about, record }))).toEqual({ ok: true, token: { ...about, chosen } });
      }),
    );
  });

  it('of a timed run holds its seed and nothing else', () => {
    fc.assert(
      fc.property(run, fc.nat(), ({ record: _, ...about }, seed) => {
        expect(readToken(writeToken({ ...about, seed }))).toEqual({ ok: true, token: { ...about, chosen: [], seed } });
      }),
    );
  });

  it('may have blanks around it, as a copy often has', () => {
    expect(readToken('  lost-update@1.three-at-once.7c1e0a21.2_1\n')).toMatchObject({
      ok: true,
      token: { chosen: [0, 0, 1] },
    });
  });

  it('of the ordinary course ends in 0', () => {
    const token = writeToken({ lab: 'a', labVersion: 1, scenario: 'b', code: '00000000', record: [] });
    expect(token).toBe('a@1.b.00000000.0');
    expect(readToken(token)).toMatchObject({ ok: true, token: { chosen: [] } });
  });

  it('is short where a run deviates seldom', () => {
    const picks = Array.from({ length: 400 }, (_, at) => ({ reason: 'next', of: 3, chosen: at === 399 ? 2 : 0 }));
    expect(writeToken({ lab: 'a', labVersion: 1, scenario: 'b', code: '00000000', record: picks })).toBe(
      'a@1.b.00000000.b3_2',
    );
  });
});

describe('a text that is no token', () => {
  it.each([
    ['nothing', '', 'it should look like'],
    ['a word', 'hello', 'it should look like'],
    ['a token without its end', 'lost-update@1.three-at-once.7c1e0a21', 'it should look like'],
    ['a token with a piece too many', 'lost-update@1.three-at-once.7c1e0a21.2_1.3', 'it should look like'],
    ['a hash that is too short', 'lost-update@1.three-at-once.7c1e.2_1', 'it should look like'],
    ['a version that is no number', 'lost-update@one.three-at-once.7c1e0a21.2_1', 'it should look like'],
    ['a choice cut in two', 'lost-update@1.three-at-once.7c1e0a21.2_', '«2_» is not a choice'],
    ['a choice without a position', 'lost-update@1.three-at-once.7c1e0a21._1', '«_1» is not a choice'],
    ['an empty choice', 'lost-update@1.three-at-once.7c1e0a21.2_1-', '«» is not a choice'],
    ['choices in the wrong order', 'lost-update@1.three-at-once.7c1e0a21.5_1-2_1', 'its choices are not in order'],
    ['the same choice twice', 'lost-update@1.three-at-once.7c1e0a21.5_1-5_1', 'its choices are not in order'],
    ['a choice beyond any run', 'lost-update@1.three-at-once.7c1e0a21.zzzzz_1', 'its choices are not in order'],
  ])('%s is explained, with what to do', (_what, text, why) => {
    const read = readToken(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.message).toContain(why);
    expect(read.message).toContain('Copy the whole token as it was printed');
  });

  it('never throws, is never slow and is never quoted at length', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 5_000 })), (text) => {
        const read = readToken(text);
        if (!read.ok) expect(read.message.length).toBeLessThan(400);
      }),
    );
  });

  it('includes a token that was cut or changed, since it could name another run', () => {
    const token = 'lost-update@1.three-at-once.7c1e0a21.2_1-5_2';
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom('', '.', '@', '!', ' ', 'é', '\0'), (at, put) => {
        const read = readToken(token.slice(0, at) + put + token.slice(at + 1));
        expect(read.ok ? 'a token' : read.message).toMatch(/^a token$|is not a replay token/);
      }),
    );
  });
});
