/**
 * A run is put back to the last checkpoint that it shares with the run before, and its choices hear what was asked up to there. On a world
 * of two counters, whose choices a test makes by hand.
 */

import { describe, expect, it } from 'vitest';
import type { AgendaEvent } from './agenda.ts';
import type { Choices, Pick } from './choices.ts';
import { ResumableChoices } from './resumption.ts';

const event = (seq: number): AgendaEvent => ({
  ...{ kind: 'step', atMs: 0, seq, lane: `lane ${seq}`, label: '', cause: null, scheduledInStep: 0, nth: seq + 1 },
  run: () => {},
});
const ONE = [event(0)];
const TWO = [event(0), event(1)];

/** Makes the choices it is given, and writes down what it is asked. */
class Scripted implements Choices {
  readonly record: Pick[] = [];
  readonly asked: string[] = [];
  readonly sharedPoints: number;
  readonly #script: readonly number[];

  constructor(sharedPoints: number, script: readonly number[]) {
    this.sharedPoints = sharedPoints;
    this.#script = script;
  }

  pick(reason: string, of: number): number {
    return this.#asked(`${reason} of ${of}`);
  }

  next(possible: readonly AgendaEvent[]): number {
    return this.#asked(`step of ${possible.length}`);
  }

  rest(): void {
    this.asked.push('rest');
  }

  #asked(what: string): number {
    const chosen = this.#script[this.asked.filter((each) => each !== 'rest').length] ?? 0;
    this.asked.push(what);
    return chosen;
  }
}

/** A world whose whole state is what was chosen in it. */
function world() {
  const state: number[] = [];
  const forgets = { isForgotten: false, taken: 0 };
  const choices = new ResumableChoices(() => {
    const { length } = state;
    forgets.taken += 1;
    return () => {
      state.length = length;
      return !forgets.isForgotten;
    };
  });
  /** Runs on from wherever the state is: a step of two, a step of one that asks, a rest, a step of two. */
  const run = (own: Scripted): boolean => {
    const isResumed = choices.begin(own);
    if (!isResumed) state.length = 0;
    if (state.length < 1) state.push(choices.next(TWO) ?? -1);
    if (state.length < 2) state.push(choices.next(ONE) ?? -1);
    if (state.length < 3) {
      state.push(choices.pick('fault', 2));
      choices.rest();
    }
    if (state.length < 4) state.push(choices.next(TWO) ?? -1);
    return isResumed;
  };
  return { state, forgets, run };
}

const ALL = ['step of 2', 'step of 1', 'fault of 2', 'rest', 'step of 2'];

describe('runs that begin alike', () => {
  it('go on from the last checkpoint on the path that they share', () => {
    const { state, run } = world();
    expect(run(new Scripted(0, [0, 0, 0, 0]))).toBe(false);
    const last = new Scripted(3, [0, 0, 0, 1]);
    expect(run(last)).toBe(true);
    expect(state).toEqual([0, 0, 0, 1]);
    expect(last.asked).toEqual(ALL);
  });

  it('repeat the steps behind it, and drop the checkpoints of the path that was left', () => {
    const { state, run, forgets } = world();
    run(new Scripted(0, [0, 0, 0, 0]));
    const inTheMiddle = new Scripted(1, [0, 0, 1, 1]);
    expect(run(inTheMiddle)).toBe(true);
    expect(inTheMiddle.asked).toEqual(ALL);
    expect(state).toEqual([0, 0, 1, 1]);
    expect(forgets.taken).toBe(3);
    run(new Scripted(3, [0, 0, 1, 0]));
    expect(state).toEqual([0, 0, 1, 0]);
    expect(forgets.taken).toBe(3);
  });

  it('begin at their start if a part has forgotten what it needs', () => {
    const { state, run, forgets } = world();
    run(new Scripted(0, [0, 0, 0, 0]));
    forgets.isForgotten = true;
    const again = new Scripted(3, [0, 0, 0, 1]);
    expect(run(again)).toBe(false);
    expect(again.asked).toEqual(ALL);
    expect(state).toEqual([0, 0, 0, 1]);
  });

  it('are a bug of ours if they answer otherwise on the path that they are said to share', () => {
    const { run } = world();
    run(new Scripted(0, [0, 0, 0, 0]));
    expect(() => run(new Scripted(3, [1, 0, 0, 0]))).toThrow('on the same path');
  });
});
