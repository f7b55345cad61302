import { describe, expect, it } from 'vitest';
import { everyLab, labs } from '../../course/labs.ts';
import { DOES_NOT_LOAD, FAILING, HARNESS_ERROR, PASSING } from '../../grader/fixtures/lab-result.ts';
import { guardsOf } from '../../grader/judgement/points.ts';
import type { LabResult } from '../../grader/result.ts';
import { startTypeCheck } from '../../node/types/check-types.ts';
import { type Case, casesOf, wrongWith as wrongWithIn } from './cases.ts';
import { missingFrom, neverShown, withoutHints } from './completeness.ts';

const item = (kind: Case['kind'], caughtBy?: string): Case => ({
  kind,
  name: kind,
  files: new Map(),
  ...(caughtBy === undefined ? {} : { caughtBy }),
});

/** What is wrong with a result in a lab that has these guards. */
const wrongWith = (given: Case, result: LabResult, guards: readonly string[] = []) =>
  wrongWithIn(given, result, new Set(guards));

/** The same result, with no points. */
const unearned = (result: LabResult): LabResult => ({
  ...result,
  score: { ...result.score, earned: 0 },
  checks: result.checks.map((check) => ({ ...check, points: 0 })),
});

describe('the course holds when', () => {
  it('the starter fails by a check', () => {
    expect(wrongWith(item('starter'), unearned(FAILING))).toBeNull();
    expect(wrongWith(item('starter'), PASSING)).toBe('the starter passes; it must fail by a check');
    expect(wrongWith(item('starter'), DOES_NOT_LOAD)).toContain('could not be judged: src/bump.ts:12');
    const second = FAILING.checks.map((check) => ({ ...check, id: `${check.id}-2`, task: 2, status: 'pass' as const }));
    expect(wrongWith(item('starter'), unearned({ ...FAILING, checks: [...FAILING.checks, ...second] }))).toBe(
      'the starter fails no check of task 2',
    );
  });

  it('no work earns no points, and the guards are what the starter passes', () => {
    expect(wrongWith(item('starter'), FAILING)).toBe(
      'the starter earns 2 points for every-bump-answered: each check that it passes is a guard',
    );
    expect(wrongWith(item('starter'), unearned(FAILING), ['every-bump-counts'])).toBe(
      'the starter fails every-bump-counts, which can’t be a guard',
    );
    expect(wrongWith(item('idle'), FAILING)).toBe('idle earns 2 points for every-bump-answered, for no work');
    expect(wrongWith(item('idle'), unearned(FAILING))).toBeNull();
  });

  it('the solution passes', () => {
    expect(wrongWith(item('solution'), PASSING)).toBeNull();
    expect(wrongWith(item('solution'), FAILING)).toBe('the solution fails every-bump-counts');
    expect(wrongWith(item('solution'), HARNESS_ERROR)).toContain('could not be judged: SimulatorBug');
  });

  it('another right answer passes', () => {
    expect(wrongWith(item('answer'), PASSING)).toBeNull();
    expect(wrongWith(item('answer'), FAILING)).toBe('answer fails every-bump-counts');
  });

  it('a wrong fix is caught by the check that is named for it', () => {
    expect(wrongWith(item('mutant', 'every-bump-counts'), FAILING)).toBeNull();
    expect(wrongWith(item('mutant', 'every-bump-answered'), FAILING)).toBe(
      'mutant fails every-bump-counts, but not every-bump-answered',
    );
    expect(wrongWith(item('mutant', 'every-bump-counts'), PASSING)).toBe(
      'mutant passes; every-bump-counts must catch it',
    );
    expect(wrongWith(item('mutant', 'every-bump-counts'), DOES_NOT_LOAD)).toContain('could not be judged');
  });

  it('every failure that occurs has hints', () => {
    const lab = labs.find(({ slug }) => slug === FAILING.lab);
    expect(lab).toBeDefined();
    if (lab === undefined) return;
    expect(withoutHints(lab, [FAILING])).toEqual([]);
    expect(withoutHints({ ...lab, hints: [] }, [FAILING])).toEqual(['no hints for the failure «lost-update»']);
  });

  it('every check, and every failure that it can name, is shown by a wrong answer', () => {
    const lab = labs.find(({ slug }) => slug === FAILING.lab);
    expect(lab).toBeDefined();
    if (lab === undefined) return;
    const missing = neverShown(lab, [PASSING, FAILING]);
    expect(missing).toContain('no wrong answer fails number-of-ones-own');
    expect(missing).toContain('no wrong answer shows the failure «gave-up»');
    expect(missing).not.toContain('no wrong answer fails every-bump-counts');
    expect(missing).not.toContain('no wrong answer shows the failure «lost-update»');
    // What a check of kind reach names is a danger that was not met.
    expect(missing).not.toContain('no wrong answer shows the failure «no-overlap»');
  });
});

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the finished lab %s', (_, lab) => {
  it('has all parts of a lab', async () => {
    expect(await missingFrom(lab)).toEqual([]);
  });
});

describe.each(everyLab.map((lab) => [lab.slug, lab] as const))('the lab %s', (_, lab) => {
  it('has files for its starter, its solution and every wrong fix, each of them different', async () => {
    const { cases, problems, absent } = await casesOf(lab);
    expect([...problems, ...absent]).toEqual([]);
    const answers = lab.otherAnswers ?? [];
    const others = [...answers, ...lab.mutants].map(({ name }) => name);
    expect(cases.map(({ name }) => name)).toEqual(['starter', 'does-nothing', 'only-throws', 'solution', ...others]);
    expect(guardsOf(lab).size).toBeGreaterThan(0);
    const texts = cases.map(({ files }) => JSON.stringify([...files]));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('has valid types in all of them', async () => {
    const { cases } = await casesOf(lab);
    const files = cases.flatMap((each) =>
      [...each.files].map(([path, text]) => [`${each.name}/${path}`, text] as const),
    );
    expect(await startTypeCheck(new Map(files)).end).toEqual({ kind: 'checked', complaints: [] });
  }, 60_000);

  it('reports a wrong fix that changes nothing', async () => {
    const mutants = [{ name: 'no-such-mutant', caughtBy: 'x', lesson: '' }];
    expect((await casesOf({ ...lab, mutants })).problems).toEqual([
      `the mutant «no-such-mutant» of ${lab.slug} changes no file.`,
    ]);
  });
});
