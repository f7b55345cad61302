/** How a definition becomes a lab for the grader, and the messages for definitions that contradict themselves. */

import { describe, expect, it } from 'vitest';
import { labs } from '../labs.ts';
import { check } from './check.ts';
import { defineLab, inCourseOrder, LabMistake } from './define-lab.ts';
import type { LabDefinition } from './definition.ts';
import { timed } from './plans.ts';
import { smallCheck, smallDanger, smallDefinition, smallScenario } from './small-definition-for-tests.ts';

const small = defineLab(smallDefinition);

describe('a lab', () => {
  it('equals its definition for the grader', async () => {
    const [scenario] = small.scenarios;
    expect(scenario).toMatchObject({ name: 'two-buyers', plan: { mode: 'exhaustive' } });
    expect(small.checks).toEqual([smallCheck, smallDanger]);
    expect(small).toMatchObject({ slug: 'small', number: 12, unfinished: false });
  });

  it('knows every failure that its checks can name, including those of its template checks', () => {
    expect(small.failures).toEqual(['oversold', 'no-overlap']);
    const templateChecks = [{ id: 't', task: 1, title: 't', points: 1, hintId: 'sizes', follows: [] }];
    expect(defineLab({ ...smallDefinition, templateChecks }).failures).toContain('sizes');
  });

  it('is finished unless it says otherwise', () => {
    expect(defineLab({ ...smallDefinition, unfinished: true }).unfinished).toBe(true);
  });
});

const notListed = { ...smallScenario, name: 'not-listed' };
const elsewhere = check(notListed, { ...aboutCheck('elsewhere'), judge: () => null });
const { mutants: [mutant] = [], hints: [hint] = [] } = smallDefinition;

function aboutCheck(id: string) {
  return { id, task: 1, title: id, points: 1, kind: 'at-rest', failures: ['oversold'] } as const;
}

const MISTAKES: readonly (readonly [string, Partial<LabDefinition>, string])[] = [
  ['a slug with odd letters', { slug: 'Two Buyers' }, '«Two Buyers» is no name for a lab. Use lower-case letters'],
  ['a number that is not whole', { number: 1.5 }, 'its number is 1.5. Give it a whole number'],
  ['a version before the first', { version: 0 }, 'its version is 0. Versions count from 1'],
  ['no template', { editable: ['src/sell.ts'] }, 'template.yaml is not among the editable files. Add it.'],
  ['a file elsewhere', { editable: ['template.yaml', '../a.ts'] }, '«../a.ts» lies outside the lab. Give a path'],
  ['a file twice', { editable: ['template.yaml', 'a.ts', 'a.ts'] }, 'the editable file «a.ts» stands there twice'],
  ['tasks out of order', { tasks: [{ number: 2, title: 'b' }] }, 'its tasks don’t count from 1: the task 2'],
  [
    'two scenarios alike',
    { scenarios: [smallScenario, smallScenario] },
    'the scenario «two-buyers» stands there twice',
  ],
  [
    'a scenario whose name does not fit into a token',
    { scenarios: [{ ...smallScenario, name: 'a.b' }] },
    '«a.b» is no name for a scenario',
  ],
  [
    'two checks alike',
    { checks: [smallCheck, smallDanger, smallCheck] },
    'the check «never-oversold» stands there twice. Rename one of them',
  ],
  [
    'two hints alike',
    { hints: [...smallDefinition.hints, ...(hint === undefined ? [] : [hint])] },
    'the hint «oversold» stands there twice',
  ],
  [
    'two mutants alike',
    { mutants: mutant === undefined ? [] : [mutant, mutant] },
    'the mutant «look-twice» stands there twice',
  ],
  [
    'a check of a scenario that is not listed',
    { checks: [...smallDefinition.checks, elsewhere] },
    'the check «elsewhere» is judged in the scenario «not-listed», which the lab does not list. Add it to scenarios.',
  ],
  [
    'a specimen of a scenario that is not listed',
    { specimens: [{ name: 's', scenario: notListed, headline: '', shows: () => true }] },
    'the specimen «s» is looked for in the scenario «not-listed», which the lab does not list',
  ],
  [
    'a check of a missing task',
    { checks: [smallDanger, check(smallScenario, { ...aboutCheck('a'), task: 2, judge: () => null })] },
    'the check «a» is of task 2, and the lab has 1. Correct its number.',
  ],
  [
    'a timed check of a scenario that is explored',
    { checks: [smallDanger, check(smallScenario, { ...aboutCheck('a'), kind: 'timed', judge: () => null })] },
    'the check «a» is timed, and its scenario «two-buyers» is not. Give the scenario the plan timed().',
  ],
  [
    'a check that is explored in a timed scenario',
    { scenarios: [{ ...smallScenario, plan: timed() }] },
    'the check «never-oversold» is not timed, and its scenario «two-buyers» is. Judge it in a scenario',
  ],
  [
    'a first situation that a target in real time can’t run',
    { scenarios: [{ ...smallScenario, situations: [{ title: 'late', startsAtMs: 1 }] }] },
    'the first situation of the scenario «two-buyers» changes where it begins. Put that into the scenario itself.',
  ],
  [
    'a first situation with a policy, which a target in real time can’t follow',
    {
      scenarios: [
        { ...smallScenario, situations: [{ title: 'all wait', policies: { failedPartHoldsUp: 'its-shard' } }] },
      ],
    },
    'the first situation of the scenario «two-buyers» changes where it begins. Put that into the scenario itself.',
  ],
  [
    'two situations with one title',
    { scenarios: [{ ...smallScenario, situations: [{ title: 'late' }, { title: 'late' }] }] },
    'the situation «late» stands there twice. Rename one of them, or take it out.',
  ],
  [
    'refused requests without a downstream that can refuse one',
    { scenarios: [{ ...smallScenario, faults: { refused: 1 } }] },
    'the scenario «two-buyers» has a budget of refused requests, and no downstream has a refusal. Give one a refusal',
  ],
  [
    'a danger that is not listed',
    { checks: [smallCheck] },
    '«never-oversold» is provoked by «buyers-overlapped», which the lab does not list. Add it to checks.',
  ],
  [
    'a danger that is no reach check',
    { checks: [{ ...smallCheck, provokedBy: 'never-oversold' }, smallDanger] },
    'is provoked by «never-oversold», which is of kind invariant. Name a reach check.',
  ],
  [
    'a danger of another scenario',
    { scenarios: [smallScenario, notListed], checks: [smallCheck, { ...smallDanger, scenario: 'not-listed' }] },
    'which is judged in «not-listed» and not in «two-buyers». Name a reach check of the same scenario.',
  ],
  [
    'a hint for no failure',
    { hints: [...smallDefinition.hints, { id: 'gone', tiers: ['', '', ''] }] },
    'the hint «gone» is for no failure. Add it to the failures of the check that can name it, or take the hint out.',
  ],
  [
    'a check that can never fail',
    { checks: [...smallDefinition.checks, { ...elsewhere, scenario: 'two-buyers', failures: [] }] },
    'the check «elsewhere» names no failure, so it could never fail. List its failures.',
  ],
  [
    'a mutant that no check catches',
    { mutants: [{ name: 'm', caughtBy: 'nobody', lesson: '' }] },
    'the mutant «m» is caught by «nobody», which is no check. Name a check.',
  ],
  [
    'limits of a target for a missing scenario',
    { targets: { localstack: { notRun: { gone: 'because' } } } },
    'on localstack it does not run the scenario «gone», which it does not have. Correct the name.',
  ],
  [
    'limits of a target for a missing check',
    { targets: { aws: { notJudged: { gone: 'because' } } } },
    'on aws it does not judge the check «gone», which it does not have. Correct the name.',
  ],
];

describe('a definition that contradicts itself is refused at once, with the lab, the name and the way out:', () => {
  it.each(MISTAKES)('%s', (_what, change, says) => {
    const define = () => defineLab({ ...smallDefinition, ...change });
    expect(define).toThrow(LabMistake);
    expect(define).toThrow(says);
    expect(define).toThrow(`The lab «${change.slug ?? 'small'}» contradicts itself:`);
  });

  it('every mistake at once', () => {
    const change = { version: 0, mutants: [{ name: 'm', caughtBy: 'nobody', lesson: '' }] };
    const define = () => defineLab({ ...smallDefinition, ...change });
    expect(define).toThrow('  · its version is 0');
    expect(define).toThrow('  · the mutant «m»');
  });
});

describe('the labs of a course', () => {
  it('are in the order of their numbers', () => {
    const numbers = inCourseOrder([small, ...labs]).map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('are refused if two have the same name or the same number', () => {
    expect(() => inCourseOrder([small, small])).toThrow('«small» stands in the list twice. Take one out.');
    const other = defineLab({ ...smallDefinition, slug: 'other' });
    expect(() => inCourseOrder([small, other])).toThrow('«small» and «other» are both number 12. Give one of them');
  });
});
