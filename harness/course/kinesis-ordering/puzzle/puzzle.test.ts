/** The rules of «let a write come late»: the page describes them correctly. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../grader/explain/explain.ts';
import { countOrders } from '../../kit/puzzle.ts';
import puzzle from './puzzle.ts';

const [FIRST, AGAIN, SECOND] = ['apply#1', 'apply#2', 'apply#3'];
const lost = [FIRST, FIRST, AGAIN, AGAIN, SECOND, SECOND, FIRST];

describe('an event that comes again, and the write of its first attempt', () => {
  it('do no harm when that write arrives before the batch comes again: event 1 is known to be done', () => {
    const moves = [FIRST, FIRST, FIRST, AGAIN];
    expect(puzzle.say(moves)).toBe(
      'apply#2 got event 1, looked, and saw 100.00 after event 1: that is done, so it ended.',
    );
    expect(puzzle.end([...moves, SECOND, SECOND])).toBe('held');
  });

  it.each([
    [FIRST, FIRST, AGAIN, FIRST, AGAIN, SECOND, SECOND],
    [FIRST, FIRST, AGAIN, AGAIN, FIRST, SECOND, SECOND],
    [FIRST, FIRST, AGAIN, AGAIN, SECOND, FIRST, SECOND],
  ])('nor when event 2 is written after it', (...moves) => {
    expect(puzzle.end(moves)).toBe('held');
    expect(puzzle.facts(moves)[0]).toEqual(['the table', '20.00 after event 2']);
  });

  it('lose event 2 when the write arrives last', () => {
    expect(puzzle.end(lost)).toBe('broken');
    expect(puzzle.headline(lost)).toBe('Account a-7 has 100.00 after event 1, and event 2 is gone.');
    expect(puzzle.facts(lost.slice(0, -1))).toEqual([
      ['the table', '20.00 after event 2'],
      ['on its way', 'the write of apply#1: 100.00 after event 1'],
      ['apply#2 has seen', 'no item'],
      ['apply#3 has seen', '100.00 after event 1'],
    ]);
    expect(puzzle.facts(lost)[0]).toEqual(['the table', '100.00 after event 1']);
  });

  it('come in the order of the stream: no invocation begins before its turn', () => {
    expect(puzzle.next([], AGAIN)).toBeNull();
    expect(puzzle.next([FIRST, FIRST], SECOND)).toBeNull();
    expect(puzzle.idle([], AGAIN)).toBe('begins when apply#1 was cut off');
    expect(puzzle.idle([], SECOND)).toBe('begins when apply#2 has ended');
    expect(puzzle.idle(lost, SECOND)).toBe('has ended');
    expect(puzzle.next([FIRST, FIRST], FIRST)).toBe('let its write arrive at the table');
  });

  it('state how many of their schedules lose it, and a search of all finds the same', () => {
    expect(countOrders(puzzle)).toEqual({ all: 5, broken: 1 });
    expect(puzzle.say(lost)).toContain('1 of the 5 schedules of these steps ends so.');
  });

  it('make a trace that the grader can explain', () => {
    const violation = { headline: puzzle.headline(lost), hintId: 'old-write-won', about: puzzle.about };
    expect(() => explain(puzzle.trace(lost), violation)).not.toThrow();
    const writes = puzzle.trace(lost).filter(({ event }) => event.kind === 'item-changed');
    expect(writes.map(({ actor }) => actor)).toEqual([AGAIN, SECOND, FIRST]);
  });

  it('make no step of a move that changes nothing', () =>
    expect(puzzle.trace([...lost, FIRST, SECOND])).toEqual(puzzle.trace(lost)));
});
