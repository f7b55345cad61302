/** The rules of «let a third one in»: the page describes them correctly. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../grader/explain/explain.ts';
import { countOrders } from '../../kit/puzzle.ts';
import puzzle from './puzzle.ts';

const [A, B, C] = ['book#1', 'book#2', 'book#3'];
const inARow = [A, A, A, B, B, B, C, C, C];
const allAsk = [A, B, C, A, B, C];

describe('three orders, and a legacy system that takes two at once', () => {
  it('are booked when one comes after the other, in one environment', () => {
    expect(puzzle.end(inARow)).toBe('held');
    expect(puzzle.say(inARow)).toMatch(/^All three orders are booked/);
    expect(puzzle.say([A, A, A, B])).toBe(
      'book#2 started in an environment that was free, and took the first of 2 places there.',
    );
  });

  it('are booked when two ask at once and the third asks after one has heard', () =>
    expect(puzzle.end([A, B, C, A, B, A, C, B, C])).toBe('held'));

  it('bring legacy down when all three ask at once, although each counts one place of two', () => {
    expect(puzzle.end(allAsk)).toBe('broken');
    expect(puzzle.headline(allAsk)).toBe('Legacy had 3 requests at once, and takes 2.');
    expect(puzzle.facts(allAsk)).toEqual([
      ['requests in legacy', '3 of 2'],
      ['book#1’s memory', '1 of 2 places taken'],
      ['book#2’s memory', '1 of 2 places taken'],
      ['book#3’s memory', '1 of 2 places taken'],
    ]);
  });

  it('have nothing to do when legacy has fallen over', () => {
    expect(puzzle.next(allAsk, A)).toBeNull();
    expect(puzzle.idle(allAsk, A)).toBe('legacy has fallen over');
    expect(puzzle.idle(inARow, A)).toBe('has ended');
  });

  it('state how many of their schedules bring legacy down, and a search of all finds the same', () => {
    const { all, broken } = countOrders(puzzle);
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(all);
    expect(puzzle.say(allAsk)).toContain(
      `${broken.toLocaleString('en')} of the ${all.toLocaleString('en')} schedules of these steps end so.`,
    );
  });

  it('make a trace that the grader can explain', () => {
    const violation = { headline: puzzle.headline(allAsk), hintId: 'cap-per-environment', about: puzzle.about };
    expect(() => explain(puzzle.trace(allAsk), violation)).not.toThrow();
    const kinds = puzzle.trace(allAsk).map(({ event }) => event.kind);
    expect(kinds.filter((kind) => kind === 'downstream-entered')).toHaveLength(3);
  });

  it('make no step of a move that changes nothing', () =>
    expect(puzzle.trace([...allAsk, A, B])).toEqual(puzzle.trace(allAsk)));
});
