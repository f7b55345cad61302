/** The rules of «walk a healthy event into the dead-letter queue»: the page describes them correctly. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../grader/explain/explain.ts';
import { countOrders } from '../../kit/puzzle.ts';
import puzzle from './puzzle.ts';

const [BUSY, WAITS] = ['o-17', 'o-18'];
const oneAfterTheOther = [WAITS, WAITS, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY];
const died = [BUSY, WAITS, BUSY, BUSY, WAITS, WAITS, BUSY, BUSY, WAITS, WAITS];

describe('an event that is received while the one place is taken', () => {
  it('is refused, and booked if the place is free when the mapping tries again', () => {
    const moves = [BUSY, WAITS, BUSY];
    expect(puzzle.facts(moves)).toEqual([
      ['the one place', 'free'],
      ['o-17', 'event 2 of 3: in the queue, received 0 times'],
      ['o-18', 'event 1 of 1: hidden, without a place, received once'],
    ]);
    expect(puzzle.next(moves, WAITS)).toBe('the mapping tries again, and the function starts');
    expect(puzzle.end([...moves, WAITS, WAITS, BUSY, BUSY, BUSY, BUSY])).toBe('held');
  });

  it('stays hidden until another event has taken the place', () => {
    expect(puzzle.next([BUSY, WAITS], WAITS)).toBeNull();
    expect(puzzle.idle([BUSY, WAITS], WAITS)).toBe('is hidden, and its turn has not come');
    expect(puzzle.next([BUSY, WAITS, BUSY, BUSY], WAITS)).toBe(
      'has been hidden long enough, and comes back into the queue',
    );
  });

  it('is a dead letter when the place was taken each time', () => {
    expect(puzzle.end(died)).toBe('broken');
    expect(puzzle.headline(died)).toBe(
      'An event of o-18 is in the dead-letter queue. It was received 2 times, and no code has seen it.',
    );
    expect(puzzle.headline(died.slice(0, -1))).toBe('');
    expect(puzzle.next(died.slice(0, -1), WAITS)).toBe('would be received once too often');
  });

  it('is booked when nothing has to wait', () => {
    expect(puzzle.end(oneAfterTheOther)).toBe('held');
    expect(puzzle.say(oneAfterTheOther)).toMatch(/^All events are booked\. Undo/);
    expect(puzzle.idle(oneAfterTheOther, WAITS)).toBe('is booked');
  });
});

describe('the puzzle', () => {
  it('states how many of its schedules end so', () => {
    const { all, broken } = countOrders(puzzle);
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(all);
    expect(puzzle.say(died)).toContain(`${broken} of the ${all} schedules of these steps end so.`);
  });

  it('makes a trace that the grader can explain', () => {
    const violation = { headline: puzzle.headline(died), hintId: 'died-waiting', about: puzzle.about };
    expect(() => explain(puzzle.trace(died), violation)).not.toThrow();
    const kinds = puzzle.trace(died).map(({ event }) => event.kind);
    expect(kinds.filter((kind) => kind === 'invocation-throttled')).toHaveLength(2);
    expect(kinds.at(-1)).toBe('message-dead-lettered');
  });

  it('makes no step of a move that changes nothing', () =>
    expect(puzzle.trace([...died, BUSY, WAITS])).toEqual(puzzle.trace(died)));
});
