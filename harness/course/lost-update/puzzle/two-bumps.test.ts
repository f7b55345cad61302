/** The rules of the puzzle: what the pages say about it is true. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../harness/grader/explain/explain.ts';
import { lostUpdatePuzzle } from './lost-update.ts';
import { countOrders } from './puzzle.ts';
import { type Bump, play, traceOf } from './two-bumps.ts';

const A: Bump = 'bump#1';
const B: Bump = 'bump#2';

describe('two bumps', () => {
  it('count both when one comes after the other', () => {
    expect(play([A, A, A, B, B, B])).toMatchObject({ counter: 2, end: 'held' });
  });

  it('lose one when both read before either writes', () => {
    expect(play([A, B, A, B, A, B])).toMatchObject({ counter: 1, end: 'lost' });
    expect(play([A, B, A, B, B, A])).toMatchObject({ counter: 1, end: 'lost' });
  });

  it('have told nobody before their put', () => {
    expect(play([A, A, B]).bumps[A]).toEqual({ next: 'put', read: null, told: undefined });
  });

  it('ignore a move of one that has answered', () => {
    expect(play([A, A, A, A])).toEqual(play([A, A, A]));
  });

  it('lose a bump in 12 of the 20 orders of their steps', () => {
    expect(countOrders(lostUpdatePuzzle)).toEqual({ all: 20, broken: 12 });
  });

  it('make a trace that the grader explains like one of its own', () => {
    const violation = {
      headline: '2 bumps were answered, but the counter says 1: 1 bump is lost.',
      hintId: 'lost-update',
    };
    const { because, conflict } = explain(traceOf([A, B, A, B, A, B]), violation);
    expect(because.join(' ')).toMatch(/bump#2.*erased/s);
    expect(conflict).toBeDefined();
  });

  it('make no step for a move that changes nothing', () => {
    expect(traceOf([A, A, A, A])).toEqual(traceOf([A, A, A]));
  });
});
