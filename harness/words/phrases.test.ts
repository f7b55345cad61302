import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, duration, list, thousands } from './phrases.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1680, '1,680'],
    [34650, '34,650'],
    [1234567, '1,234,567'],
    [-1500, '−1,500'],
    [1234.5678, '1,234.5678'],
  ])('%d is written %s', (value, text) => expect(thousands(value)).toBe(text));

  it('differ from their digits only by commas', () =>
    fc.assert(fc.property(fc.nat(), (value) => Number(thousands(value).replaceAll(',', '')) === value)));

  it('take the plural unless there is one', () => {
    expect(count(1, 'schedule')).toBe('1 schedule');
    expect(count(0, 'schedule')).toBe('0 schedules');
    expect(count(2, 'try', 'tries')).toBe('2 tries');
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [84.4, '84 ms'],
    [1000, '1 s'],
    [1234, '1.2 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
  ])('%d ms reads %s', (ms, text) => expect(duration(ms)).toBe(text));
});

it('lists are joined with «and»', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
