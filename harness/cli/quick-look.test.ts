import { describe, expect, it } from 'vitest';
import type { Lab } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { FAILING, PASSING } from '../grader/fixtures/lab-result.ts';
import type { GradeRequest } from '../grader/grade.ts';
import type { LabResult } from '../grader/result.ts';
import { recordIo } from './fixtures.ts';
import { lookQuickly, taskOf } from './quick-look.ts';

const [scenario] = lostUpdate.scenarios;
const [check] = lostUpdate.checks;
if (scenario === undefined || check === undefined) throw new Error('lab 0 has a scenario and a check');

const twoTasks: Lab = {
  ...lostUpdate,
  tasks: [
    { number: 1, title: 'one' },
    { number: 2, title: 'two' },
  ],
  scenarios: [scenario, { ...scenario, name: 'long', plan: { mode: 'sampled', schedules: 500, seed: 7 } }],
  checks: [check, { ...check, id: 'second', task: 2, scenario: 'long' }],
};

/** The requests that the engine receives when it gives these answers. */
async function looks(...answers: readonly LabResult[]) {
  const asked: GradeRequest[] = [];
  const engine = async (request: GradeRequest) => {
    asked.push(request);
    return answers[asked.length - 1] ?? PASSING;
  };
  const result = await lookQuickly(twoTasks, { kind: 'read', files: new Map() }, recordIo(), { engine });
  return { result, tasks: asked.map(({ lab }) => lab.checks.map(({ id }) => id)) };
}

describe('a first look', () => {
  it('goes from task to task as long as nothing fails', async () => {
    expect(await looks(PASSING, PASSING)).toEqual({ result: PASSING, tasks: [[check.id], ['second']] });
  });

  it('ends with the first task that fails', async () => {
    expect(await looks(FAILING)).toEqual({ result: FAILING, tasks: [[check.id]] });
  });

  it('runs only what the task needs, with few schedules', () => {
    expect(taskOf(twoTasks, 1).scenarios).toEqual([
      { ...scenario, plan: { mode: 'sampled', schedules: 40, seed: 42, maxSteps: 5_000 } },
    ]);
    expect(taskOf(twoTasks, 2).scenarios.map(({ plan }) => plan)).toEqual([
      { mode: 'sampled', schedules: 1, seed: 42 },
    ]);
  });

  it('looks at deadlines in timed runs, in the first of them', () => {
    const timed: Lab = {
      ...twoTasks,
      scenarios: [{ ...scenario, plan: { mode: 'timed', seeds: [5, 6, 7] } }],
      checks: [{ ...check, kind: 'timed' }],
    };
    expect(taskOf(timed, 1).scenarios.map(({ plan }) => plan)).toEqual([{ mode: 'timed', seeds: [5] }]);
  });
});
