/** Which tried runs differ from a failing run in one change alone: sequences of steps in, yes or no out. */

import { describe, expect, it } from 'vitest';
import { differsInThatAlone, reversed, type StepThatCame, withoutFault } from './differs-in-that-alone.ts';

const step = (place: number, more: Partial<StepThatCame> = {}): StepThatCame => ({
  place,
  faults: [],
  answers: [],
  ...more,
});
const steps = (...places: readonly number[]) => places.map((place) => step(place));

/**
 * Six steps. 1 and 4 are the pair; 3 happens before 4, and has to come with it; 2 happens before none; 5 happens after both.
 */
const BEFORE = [[], [0], [], [0], [0, 3, 1], [0, 1, 3, 4]].map((places) => new Set(places));
const PAIR = { first: 1, second: 4 };
const RACES = { happensBefore: BEFORE, programOrder: [[], [0], [], [0], [0, 3], [0]].map((places) => new Set(places)) };
const REVERSED = reversed(PAIR, steps(0, 1, 2, 3, 4, 5), RACES);
const isSwap = (...places: readonly number[]) => differsInThatAlone(REVERSED, BEFORE, steps(...places));

describe('a run with two steps the other way round', () => {
  it('has what must come with the second step before it, and all others behind in their order', () => {
    expect(REVERSED.order.map(({ place }) => place)).toEqual([0, 3, 4, 1, 2, 5]);
    expect(isSwap(0, 3, 4, 1, 2, 5)).toBe(true);
  });

  it.each([
    ['the two steps in their old order', [0, 1, 2, 3, 4, 5]],
    ['another step before them than was there', [3, 0, 4, 1, 2, 5]],
    ['a step between them that need not come with them', [0, 3, 2, 4, 1, 5]],
    ['later steps in another order', [0, 3, 4, 1, 5, 2]],
    ['only one of the two', [0, 3, 4, 2, 5]],
    ['a step less that has nothing to do with them', [0, 3, 4, 1, 5]],
    ['a new step before the change', [7, 0, 3, 4, 1, 2, 5]],
  ])('is none with %s', (_what, places) => {
    expect(isSwap(...places)).toBe(false);
  });

  it('moves what follows the first step in program order, even if the second happens after it', () => {
    const happensBefore = [[], [0], [1, 0], [0, 1, 2], [0, 1, 2, 3]].map((places) => new Set(places));
    const programOrder = [[], [0], [0, 1], [0], [0, 3]].map((places) => new Set(places));
    const change = reversed({ first: 1, second: 4 }, steps(0, 1, 2, 3, 4), { happensBefore, programOrder });
    expect(change.order.map(({ place }) => place)).toEqual([0, 3, 4, 1, 2]);
    expect(differsInThatAlone(change, happensBefore, steps(0, 3, 4, 1))).toBe(true);
  });

  it('may lose a step that happens after the two, and have new ones behind them', () => {
    expect(isSwap(0, 3, 4, 1, 2)).toBe(true);
    expect(isSwap(0, 3, 4, 1, 8, 2, 9)).toBe(true);
  });

  it('has each fault at its step, and no other', () => {
    const crash = { faults: ['crash-after'] } as const;
    const change = reversed(PAIR, [...steps(0, 1, 2, 3), step(4, crash), step(5)], RACES);
    const came = (at: number) => [0, 3, 4, 1, 2, 5].map((place) => step(place, place === at ? crash : {}));
    expect(differsInThatAlone(change, BEFORE, came(4))).toBe(true);
    expect(differsInThatAlone(change, BEFORE, came(1))).toBe(false);
    expect(differsInThatAlone(change, BEFORE, came(-1))).toBe(false);
    expect(differsInThatAlone(REVERSED, BEFORE, came(4))).toBe(false);
    expect(differsInThatAlone(REVERSED, BEFORE, [...steps(0, 3, 4, 1, 2, 5), step(6, crash)])).toBe(false);
  });

  it('gives each question its old answer', () => {
    const came = [...steps(0, 3, 4, 1), step(2, { answers: ['call of a dead sender: 1'] }), step(5)];
    expect(differsInThatAlone(REVERSED, BEFORE, came)).toBe(false);
  });

  it('does not lose a fault with the step in which it struck', () => {
    const change = reversed(PAIR, [...steps(0, 1, 2, 3, 4), step(5, { faults: ['crash-before'] })], RACES);
    expect(differsInThatAlone(change, BEFORE, steps(0, 3, 4, 1, 2))).toBe(false);
  });
});

describe('a run with one fault less', () => {
  const crashed = [step(0), step(1, { faults: ['crash-after'] }), ...steps(2, 3, 4, 5)];

  it('has every step in its order, and that one without the fault', () => {
    const change = withoutFault(1, 'crash-after', crashed);
    expect(differsInThatAlone(change, BEFORE, steps(0, 1, 2, 3, 4, 5))).toBe(true);
    expect(differsInThatAlone(change, BEFORE, crashed)).toBe(false);
    expect(differsInThatAlone(change, BEFORE, steps(0, 2, 1, 3, 4, 5))).toBe(false);
  });

  it('may lose only what happens after that step', () => {
    const change = withoutFault(1, 'crash-after', crashed);
    expect(differsInThatAlone(change, BEFORE, steps(0, 1, 7, 2, 3))).toBe(true);
    expect(differsInThatAlone(change, BEFORE, steps(0, 1, 7, 3, 4, 5))).toBe(false);
  });

  it('keeps the other faults of the step', () => {
    const twice = [step(0), step(1, { faults: ['crash-after', 'duplicate'] }), ...steps(2, 3, 4, 5)];
    const change = withoutFault(1, 'crash-after', twice);
    expect(differsInThatAlone(change, BEFORE, steps(0, 1, 2, 3, 4, 5))).toBe(false);
  });

  it('has no step for a deadline that does not strike', () => {
    const late = [step(0), step(1, { faults: ['deadline'] }), ...steps(2, 3, 4, 5)];
    const change = withoutFault(1, 'deadline', late);
    expect(differsInThatAlone(change, BEFORE, steps(0, 2, 3, 4, 5))).toBe(true);
    expect(differsInThatAlone(change, BEFORE, steps(0, 1, 2, 3, 4, 5))).toBe(false);
  });
});
