import { describe, expect, it } from 'vitest';
import { toldTogether } from './told-together.ts';

const throttled = (step: number | null, who = 'apply#1') => ({
  incident: {
    actor: who,
    sentence: `AWS throttled ${who}'s GetItem${step === null ? '' : ` at step ${step}`}, and did nothing.`,
  },
  step,
});
const sentences = (...found: readonly ReturnType<typeof throttled>[]) =>
  toldTogether(found).map(({ sentence }) => sentence);

describe('what happened in several steps', () => {
  it('is one sentence with all of them, where the first stood', () => {
    expect(sentences(throttled(3), throttled(4, 'apply#2'), throttled(5), throttled(13))).toEqual([
      "AWS throttled apply#1's GetItem at steps 3, 5 and 13, and did nothing.",
      "AWS throttled apply#2's GetItem at step 4, and did nothing.",
    ]);
  });

  it('is told as it was if it happened in one step, twice in one, or in steps that the drawing leaves out', () => {
    for (const found of [[throttled(3)], [throttled(3), throttled(3)]])
      expect(sentences(...found)).toEqual(["AWS throttled apply#1's GetItem at step 3, and did nothing."]);
    expect(sentences(throttled(null), throttled(null))).toEqual(["AWS throttled apply#1's GetItem, and did nothing."]);
  });

  it('takes no other number for its step', () => {
    const late = (step: number) => ({
      incident: { actor: null, sentence: `Queue threw 1 message away at step ${step}, at step ${step}0's instant.` },
      step,
    });
    expect(toldTogether([late(1), late(2)]).map(({ sentence }) => sentence)).toEqual([
      "Queue threw 1 message away at step 1, at step 10's instant.",
      "Queue threw 1 message away at step 2, at step 20's instant.",
    ]);
  });
});
