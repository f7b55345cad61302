import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TRUSTING } from '../course/kit/trusted-for-tests.ts';
import type { Lab } from '../course/lab.ts';
import { labs } from '../course/labs.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { FAILING, PASSING } from '../grader/fixtures/lab-result.ts';
import { type GradeRequest, grade } from '../grader/grade.ts';
import type { LabResult } from '../grader/result.ts';
import { recordIo } from './fixtures.ts';
import { inBrief, lookQuickly } from './quick-look.ts';

const [scenario] = lostUpdate.scenarios;
const [check, ...others] = lostUpdate.checks;
const danger = others.find(({ kind }) => kind === 'reach');
if (scenario === undefined || check === undefined || danger === undefined)
  throw new Error('lab 0 has a scenario, a check and a danger');

const long = { ...scenario, name: 'long', plan: { mode: 'sampled', schedules: 500, seed: 7 } } as const;
const twoTasks: Lab = {
  ...lostUpdate,
  tasks: [
    { number: 1, title: 'one' },
    { number: 2, title: 'two' },
  ],
  scenarios: [{ ...long, name: 'long-of-one' }, long, scenario],
  checks: [
    { ...check, id: 'second', task: 2, scenario: 'long' },
    check,
    danger,
    { ...check, id: 'first-again', scenario: 'long-of-one' },
  ],
  templateChecks: [],
};

/** The request that the engine receives when it gives this answer, and what is made of the answer. */
async function look(answer: LabResult, firstTask?: number) {
  const asked: GradeRequest[] = [];
  const engine = async (request: GradeRequest) => {
    asked.push(request);
    return answer;
  };
  const result = await lookQuickly(twoTasks, { kind: 'read', files: new Map() }, recordIo(), { engine, firstTask });
  return { result, asked };
}

const [judged] = FAILING.checks;
if (judged === undefined) throw new Error('a failing result has checks');

describe('a first look', () => {
  it('goes up to the first failure, in the order of the tasks, long runs last', async () => {
    const { asked } = await look(PASSING);
    expect(asked.map(({ untilFailure }) => untilFailure)).toEqual([true]);
    expect(asked[0]?.lab.scenarios.map(({ name }) => name)).toEqual([scenario.name, 'long-of-one', 'long']);
  });

  it('begins with the task that it is told', async () => {
    const { asked } = await look(PASSING, 2);
    expect(asked[0]?.lab.checks.map(({ id }) => id)).toEqual(['second']);
    expect(asked[0]?.lab.scenarios.map(({ name }) => name)).toEqual(['long']);
  });

  it('says something of one task only: the first that fails, or the last', async () => {
    const of = (...tasks: readonly (readonly [number, 'pass' | 'fail'])[]): LabResult => ({
      ...FAILING,
      checks: tasks.map(([task, status]) => ({ ...judged, task, status })),
    });
    const told = async (result: LabResult) =>
      (await look(result)).result.checks.map(({ task, status }) => [task, status]);
    expect(await told(of([1, 'pass'], [2, 'pass'], [2, 'fail'], [3, 'fail']))).toEqual([
      [2, 'pass'],
      [2, 'fail'],
    ]);
    expect(await told(of([1, 'pass'], [2, 'pass']))).toEqual([[2, 'pass']]);
  });

  it('runs few schedules, earns no points, and looks for no danger', () => {
    const { scenarios, checks } = inBrief(twoTasks, 1);
    expect(scenarios.map(({ plan }) => plan)).toEqual([
      { mode: 'sampled', schedules: 40, seed: 42, maxSteps: 5_000 },
      { mode: 'sampled', schedules: 1, seed: 42 },
      { mode: 'sampled', schedules: 1, seed: 42 },
    ]);
    expect(checks.map(({ id, points }) => [id, points])).toEqual([
      ['second', 0],
      [check.id, 0],
      ['first-again', 0],
    ]);
  });

  it('looks at deadlines in timed runs, in the first of them', () => {
    const timed: Lab = {
      ...twoTasks,
      scenarios: [{ ...scenario, plan: { mode: 'timed', seeds: [5, 6, 7] } }],
      checks: [{ ...check, kind: 'timed' }],
    };
    expect(inBrief(timed, 1).scenarios.map(({ plan }) => plan)).toEqual([{ mode: 'timed', seeds: [5] }]);
  });
});

const ROOT = new URL('../../', import.meta.url);
const engine = (request: GradeRequest) => grade({ ...request, platform: TRUSTING, host: 'in-realm' });

/** What a first look at these files finds: the result's outcome, and the task that it is about. */
async function lookAt(lab: Lab, folder: string) {
  const files = new Map(lab.editable.map((path) => [path, readFileSync(new URL(`${folder}/${path}`, ROOT), 'utf8')]));
  const { outcome, checks } = await lookQuickly(lab, { kind: 'read', files }, recordIo(), { engine });
  return { outcome, tasks: [...new Set(checks.map(({ task }) => task))] };
}

describe.each(labs.map((lab) => [lab.slug, lab] as const))('a first look at %s', (slug, lab) => {
  it('finds that the first task of the starter fails', async () => {
    expect(await lookAt(lab, `harness/course/${slug}/starter`)).toEqual({ outcome: 'fail', tasks: [1] });
  });

  it('finds nothing in the solution, although few orders show no danger', async () => {
    expect(await lookAt(lab, `solutions/${slug}`)).toEqual({ outcome: 'pass', tasks: [lab.tasks.length] });
  });
});
