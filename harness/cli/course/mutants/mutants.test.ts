/** Mutants of right answers: what the operators make, what is left out, what counts as caught, and what is listed as equivalent. */

import { describe, expect, it } from 'vitest';
import { defineLab } from '../../../course/kit/define-lab.ts';
import type { EquivalentMutant } from '../../../course/kit/equivalent-mutant.ts';
import { smallDefinition } from '../../../course/kit/small-definition-for-tests.ts';
import { PASSING } from '../../../grader/fixtures/lab-result.ts';
import type { CheckResult, LabResult } from '../../../grader/result.ts';
import { changed, toldOf } from './change.ts';
import { furtherChanges } from './further-operators.ts';
import { mutantsOf, sampleOf } from './mutants.ts';
import type { RightAnswer } from './right-answer.ts';
import { type Grade, MutantGrader, type MutantVerdict, scoreOf } from './score.ts';

const PATH = 'src/sell.ts';

const answerOf = (text: string): RightAnswer => ({ name: 'solution', files: new Map([[PATH, text]]), own: [PATH] });

/** What each mutant of a text puts where. */
async function madeOf(text: string): Promise<readonly string[]> {
  const answer = answerOf(text);
  return (await mutantsOf(answer)).map((change) => {
    const { was, is } = toldOf(answer.files, change);
    return `${was} → ${is}`;
  });
}

describe('the mutants of an answer', () => {
  it('are those of the standard operators', async () => {
    const made = await madeOf('export const isFree = (n: number) => n > 0 && n < 5;');
    expect(made).toEqual(expect.arrayContaining(['n > 0 → n >= 0', 'n > 0 && n < 5 → n > 0 || n < 5', 'n < 5 → true']));
  });

  it('are also awaits left out, members left out, and conditions turned round', async () => {
    const made = await madeOf(
      'export async function f(send: (input: object) => Promise<void>, ok: boolean) { if (ok) await send({ Key: 1, ConditionExpression: "x" }); }',
    );
    expect(made).toEqual(
      expect.arrayContaining([
        'await send({ Key: 1, ConditionExpression: "x" }) → send({ Key: 1, ConditionExpression: "x" })',
        '{ Key: 1, ConditionExpression: "x" } → { Key: 1 }',
        '{ Key: 1, ConditionExpression: "x" } → { ConditionExpression: "x" }',
        'ok → !(ok)',
      ]),
    );
  });

  it('are never in a text for people', async () => {
    expect(await madeOf("console.error('again: ' + 1, { a: 'b' });")).toEqual([]);
    const made = await madeOf("export const f = (id: string) => { throw new Error('no ' + id); };");
    expect(made.every((one) => one.includes('throw') || one.includes('undefined'))).toBe(true);
  });

  it('are each a text of its own', async () => {
    const text = 'export const f = (ok: boolean) => { if (ok) return { a: 1 }; return null; };';
    const answer = answerOf(text);
    const texts = (await mutantsOf(answer)).map((change) => changed(answer.files, change).get(PATH));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).not.toContain(text);
  });

  it('are named by their line', () => {
    const answer = answerOf('const a = 1;\n\nexport const f = async () => await a;');
    const [change] = furtherChanges(PATH, answer.files.get(PATH) ?? '');
    expect(change && toldOf(answer.files, change)).toEqual({ was: 'await a', is: 'a', line: 3 });
  });

  it('are sampled evenly, always alike', async () => {
    const all = await mutantsOf(answerOf('export const f = (a: number, b: number) => a + b > a - b && a * b < 7;'));
    expect(sampleOf(all, 3)).toHaveLength(3);
    expect(sampleOf(all, 3)).toEqual(sampleOf(all, 3));
    expect(sampleOf(all, all.length + 1)).toEqual(all);
  });
});

describe('a mutant', () => {
  const answer = answerOf('export const handler = async () => await sell();');
  const [change] = furtherChanges(PATH, answer.files.get(PATH) ?? '');

  const failing: LabResult = {
    ...PASSING,
    outcome: 'fail',
    checks: PASSING.checks.map((check): CheckResult => ({ ...check, status: 'fail' })),
  };
  const judged = async (grade: Grade, equivalentMutants: readonly EquivalentMutant[] = []): Promise<MutantVerdict> => {
    if (change === undefined) throw new Error('no mutant was made');
    const lab = defineLab({ ...smallDefinition, equivalentMutants });
    return new MutantGrader(lab, grade).verdictOf(answer, change);
  };
  const equivalent = { answer: 'solution', path: PATH, was: 'await sell()', is: 'sell()', reason: 'It is sold.' };

  it('is caught by a check that fails in a few orders, without more', async () => {
    const plans: string[] = [];
    const verdict = await judged(async ({ scenarios }) => {
      plans.push(...scenarios.map(({ plan }) => plan.mode));
      return failing;
    });
    expect(verdict.caughtBy).toBe(failing.checks[0]?.id);
    expect(plans).toEqual(['sampled']);
  });

  it('is explored to the end if a few orders catch nothing', async () => {
    const verdict = await judged(async ({ scenarios: [first] }) =>
      first?.plan.mode === 'sampled' ? PASSING : failing,
    );
    expect(verdict.caughtBy).toBe(failing.checks[0]?.id);
  });

  it('survives only if everything held', async () => {
    expect((await judged(async () => PASSING)).caughtBy).toBeNull();
    const nothingTested: LabResult = { ...PASSING, outcome: 'ungraded', message: 'Nothing was put to the test.' };
    expect((await judged(async () => nothingTested)).caughtBy).toBe('Nothing was put to the test.');
  });

  it('that survives is no mistake if the lab lists it, with the reason', async () => {
    expect((await judged(async () => PASSING, [equivalent])).equivalent).toBe('It is sold.');
    expect((await judged(async () => PASSING, [{ ...equivalent, is: 'sold()' }])).equivalent).toBeNull();
    expect((await judged(async () => failing, [equivalent])).equivalent).toBeNull();
  });
});

describe('the score', () => {
  const verdict = (caughtBy: string | null, equivalent: string | null = null): MutantVerdict => ({
    change: { path: PATH, start: 0, end: 0, replacement: '', operator: 'X' },
    told: { was: '', is: '', line: 1 },
    caughtBy,
    equivalent,
  });

  it('is the share that is caught, without the equivalent ones', () => {
    expect(scoreOf([verdict('a'), verdict('b'), verdict(null), verdict(null, 'it is right')])).toBeCloseTo(2 / 3);
    expect(scoreOf([verdict(null)])).toBe(0);
    expect(scoreOf([])).toBe(1);
  });
});
