/** The rules of the puzzle: the pages describe them correctly. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../grader/explain/explain.ts';
import { countOrders } from '../../kit/puzzle.ts';
import lostUpdatePuzzle from './puzzle.ts';
import { type Bump, playBumps, traceOfBumps } from './two-bumps.ts';

const A: Bump = 'bump#1';
const B: Bump = 'bump#2';

describe('two bumps', () => {
  it('count both when one comes after the other', () => {
    expect(playBumps([A, A, A, B, B, B])).toMatchObject({ counter: 2, end: 'held' });
  });

  it('lose one when both read before either writes', () => {
    expect(playBumps([A, B, A, B, A, B])).toMatchObject({ counter: 1, end: 'lost' });
    expect(playBumps([A, B, A, B, B, A])).toMatchObject({ counter: 1, end: 'lost' });
  });

  it('have answered no visitor before their put', () => {
    expect(playBumps([A, A, B]).bumps[A]).toEqual({ next: 'put', read: null, told: undefined });
  });

  it('ignore a move of a bump that has answered', () => {
    expect(playBumps([A, A, A, A])).toEqual(playBumps([A, A, A]));
  });

  it('lose a bump in 12 of the 20 orders of their steps', () => {
    expect(countOrders(lostUpdatePuzzle)).toEqual({ all: 20, broken: 12 });
  });

  it('make a trace that the grader explains like one of its own', () => {
    const violation = {
      headline: '2 bumps were answered, but the counter says 1: 1 bump is lost.',
      hintId: 'lost-update',
      about: lostUpdatePuzzle.about,
    };
    const { because, conflicts } = explain(traceOfBumps([A, B, A, B, A, B]), violation);
    expect(because.join(' ')).toMatch(/bump#2.*erased/s);
    expect(conflicts).toHaveLength(1);
  });

  it('make no step for a move that changes nothing', () => {
    expect(traceOfBumps([A, A, A, A])).toEqual(traceOfBumps([A, A, A]));
  });
});
