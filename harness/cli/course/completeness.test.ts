/** What a lab must have: each requirement is tested on a finished lab from which one part was taken. */

import { describe, expect, it } from 'vitest';
import type { CourseLab } from '../../course/kit/definition.ts';
import type { Scenario } from '../../course/lab.ts';
import { findLab } from '../../course/labs.ts';
import { toCome } from '../../course/to-come.ts';
import { missingFrom } from './completeness.ts';
import { askedOfNewLabs, missingInDefinition } from './requirements.ts';

function labOf(slug: string): CourseLab {
  const lab = findLab(slug);
  if (lab === undefined) throw new Error(`no lab ${slug}`);
  return lab;
}

const first = labOf('lost-update');
const sized = labOf('dedupe');

const without = <Field extends keyof CourseLab>(lab: CourseLab, field: Field): CourseLab => {
  const { [field]: _, ...rest } = lab;
  return rest as CourseLab;
};

const unseen = (scenario: Scenario): Scenario => ({ ...scenario, name: 'unseen' });

const LACKING: readonly (readonly [string, CourseLab, readonly string[]])[] = [
  ['mutants', { ...first, mutants: [] }, ['only 0 mutants; a lab has at least six']],
  ['a sixth mutant', { ...first, mutants: first.mutants.slice(0, 5) }, ['only 5 mutants; a lab has at least six']],
  [
    'points',
    { ...first, checks: first.checks.map((check) => ({ ...check, points: 0 })) },
    ['no check of task 1 has points'],
  ],
  [
    'a danger',
    { ...first, checks: first.checks.filter(({ kind }) => kind !== 'reach') },
    ['no check of kind reach measures the danger'],
  ],
  [
    'a check of a scenario',
    { ...first, scenarios: [...first.scenarios, ...first.scenarios.slice(0, 1).map(unseen)] },
    ['no check is judged in the scenario «unseen»'],
  ],
  [
    'hints',
    { ...first, hints: first.hints.filter(({ id }) => id !== 'gave-up') },
    ['no hints for the failure «gave-up»'],
  ],
  [
    'a tier of a hint',
    {
      ...first,
      hints: first.hints.map((hint) => (hint.id === 'gave-up' ? { ...hint, tiers: ['a', ' ', 'c'] } : hint)),
    },
    ['a tier of the hint «gave-up» is empty'],
  ],
  [
    'a scenario that is explored to its end',
    {
      ...first,
      scenarios: first.scenarios.map((scenario) => ({
        ...scenario,
        plan: { mode: 'sampled', schedules: 1, seed: 1 },
      })),
    },
    ['no scenario is explored to its end'],
  ],
  [
    'the sizes of the story',
    {
      ...sized,
      scenarios: sized.scenarios.filter(({ name }) => name !== 'saturday'),
      checks: sized.checks.filter(({ scenario }) => scenario !== 'saturday'),
    },
    ['no scenario has the sizes of the story'],
  ],
  [
    'a decision about targets',
    without(first, 'targets'),
    ['its definition does not say what can’t be had on LocalStack and AWS (targets)'],
  ],
  [
    'a decision about a puzzle',
    without(first, 'puzzle'),
    ['its definition does not say whether it has a puzzle (puzzle)'],
  ],
];

describe('a lab that lacks', () => {
  it.each(LACKING)('%s gets a message about it, and no other message', async (_what, lab, says) => {
    expect(missingInDefinition(lab)).toEqual(says);
    expect(await missingFrom(lab)).toEqual(says);
  });

  it('template checks gets a message for every parameter that nothing follows', () => {
    const parameters = [
      ...['BatchSize', 'FunctionTimeoutSeconds', 'VisibilityTimeoutSeconds', 'LeaseSeconds', 'MaxReceiveCount'],
      ...['GatewayFunctionName', 'ChargeFunctionName'],
    ];
    expect(missingInDefinition(without(sized, 'templateChecks'))).toEqual(
      parameters.map((name) => `no template check sees that the template follows its parameter ${name}`),
    );
  });

  it('a task’s work gets a message at the starter, in the checks and on the page', async () => {
    const tasks = [...first.tasks, { number: 99, title: 'nothing' }];
    expect(await missingFrom({ ...first, tasks })).toEqual([
      'no TODO marks task 99 in the starter',
      'no check of task 99 has points',
      'the lesson page does not show the checks of task 99',
      'the lesson page does not show the verdict of task 99',
      'the lesson page does not show the hints of task 99',
    ]);
  });

  it('a line about a check in its README gets a message that names the check', async () => {
    const checks = first.checks.map((check) => (check.points > 0 ? { ...check, id: `${check.id}-too` } : check));
    expect(await missingFrom({ ...first, checks })).toEqual([
      'the starter’s README.md does not say what `every-bump-counts-too` asks',
      'the starter’s README.md does not say what `every-bump-answered-too` asks',
      'the starter’s README.md does not say what `number-of-ones-own-too` asks',
      'the starter’s README.md does not say what `no-number-for-nothing-too` asks',
    ]);
  });

  it('every file gets a message for every file', async () => {
    expect(await missingFrom({ ...first, slug: 'no-such-lab' })).toEqual([
      'the starter has no README.md',
      'no TODO marks task 1 in the starter',
      'labs/no-such-lab has no package.json whose test grades this lab',
      'no test holds what its checks say',
      'no cost table (harness/course/no-such-lab/costs.ts)',
      'no puzzle (harness/course/no-such-lab/puzzle/puzzle.ts), and the lab says that it has one',
      'site/test/browser/lessons/no-such-lab.ts does not say what the test of its page looks for',
      'no lesson page (site/src/content/docs/labs/no-such-lab.mdx)',
    ]);
  });

  it('nothing gets a message that it is still announced, once it is finished', () => {
    const [announced] = toCome;
    if (announced === undefined) return;
    const lab = { ...first, slug: announced.slug };
    expect(missingInDefinition(lab)).toEqual([
      'harness/course/to-come.ts still says that it is to come; take its line out',
    ]);
    expect(missingInDefinition({ ...lab, unfinished: true })).toEqual([]);
  });
});

it('a puzzle is not required of a lab that says it has none', async () => {
  expect(
    await missingFrom({ ...first, slug: 'no-such-lab', puzzle: { none: 'no order is the point' } }),
  ).not.toContainEqual(expect.stringContaining('puzzle/puzzle.ts'));
});

describe('a new lab', () => {
  it('must have three other right answers', () => {
    const answers = (many: number) =>
      askedOfNewLabs({
        ...first,
        otherAnswers: Array.from({ length: many }, (_, index) => ({ name: `${index}`, design: '' })),
      });
    expect(answers(0)).toEqual(['no other right answers; a lab has three designs that differ and pass']);
    expect(answers(2)).toEqual(['only 2 other right answers; a lab has three designs that differ and pass']);
    expect(answers(3)).toEqual([]);
  });
});
