import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../../course/lab.ts';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { NODE } from '../../node/platform.ts';
import { InRealmHost } from '../../node/realm/host.ts';
import { inOrder, seeded } from '../../simulator/kernel/choices.ts';
import { simulatorTarget } from '../../targets/simulator/target.ts';
import { type Stack, type Target, TargetTrouble } from '../../targets/target.ts';
import { gradeOnTarget } from './grade-on-target.ts';

const ROOT = join(import.meta.dirname, '../../..');

function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(lostUpdate.editable.map((path) => [path, readFileSync(join(ROOT, folder, path), 'utf8')]));
}
/** Lab 0 as a target in real time runs it: no target can make a table refuse calls. */
const RACE: Lab = {
  ...lostUpdate,
  scenarios: lostUpdate.scenarios.filter(({ name }) => name === 'three-at-once'),
  checks: lostUpdate.checks.filter(({ scenario }) => scenario === 'three-at-once'),
};

const STARTER = filesIn('harness/course/lost-update/starter');
const SOLUTION = filesIn('solutions/lost-update');

/** The simulator in place of a target in real time: each run gets one order, which is not chosen. */
function target(first = 1): Target {
  let seed = first;
  return simulatorTarget({
    startHost: async (sources) => new InRealmHost(sources),
    choices: () => seeded(seed++),
  });
}

function grade(files: ReadonlyMap<string, string>, on: Target, signal = new AbortController().signal) {
  const told: string[] = [];
  const tell = (what: string, part: string): void => void told.push(`${what}: ${part}`);
  return { told, done: gradeOnTarget({ platform: NODE, lab: RACE, files, target: on, runs: 4, signal, tell }) };
}

describe('grading on a target', () => {
  it('fails the starter of lab 0 by its check, in some of the runs', async () => {
    const result = await grade(STARTER, target()).done;
    expect(result).toMatchObject({ outcome: 'fail', host: 'deployed', targetDetail: 'the simulator' });
    expect(result.checks[0]).toMatchObject({ id: 'every-bump-counts', status: 'fail', hintId: 'lost-update' });
    expect(result.checks[0]?.runs?.count).toBe(4);
    expect(result.checks[0]?.message).toMatch(/bumps were answered, but the counter says/);
  });

  it('passes the solution, since its invocations met', async () => {
    const result = await grade(SOLUTION, target()).done;
    expect(result.outcome).toBe('pass');
    expect(result.checks.map(({ status, runs }) => [status, runs?.count])).toEqual([
      ['pass', 4],
      ['pass', 4],
      ['pass', 4],
      ['pass', 4],
    ]);
    expect(result.score).toEqual({ earned: 6, max: 6 });
  });

  it('passes no check whose danger never came up: sequential runs prove nothing about a race', async () => {
    const apart = simulatorTarget({
      startHost: async (sources) => new InRealmHost(sources),
      choices: () => inOrder(),
    });
    const result = await grade(STARTER, apart).done;
    const counts = result.checks.find(({ id }) => id === 'every-bump-counts');
    const met = result.checks.find(({ id }) => id === 'overlapped');
    // In this order each of the three runs ends before the next begins.
    expect([counts?.status, met?.status]).toEqual(['not-provoked', 'not-provoked']);
    expect(result).toMatchObject({
      outcome: 'ungraded',
      message: 'Nothing broke, but 3 checks were not put to the test.',
    });
  });

  it('reports which run it is in, and removes every stack', async () => {
    const { destroyed, watched } = countDestroyed(target());
    const { told, done } = grade(SOLUTION, watched);
    await done;
    expect(told).toContain('run 2 of 4, three invocations at once: running');
    expect(destroyed()).toBe(4);
  });

  it('reports findings before anything is deployed', async () => {
    const files = new Map(SOLUTION).set('src/bump.ts', 'export const handler = ;');
    const never: Target = { ...target(), deploy: () => Promise.reject(new Error('it deployed')) };
    const result = await grade(files, never).done;
    expect(result).toMatchObject({ outcome: 'fail', host: 'deployed' });
    expect(result.message).toContain('src/bump.ts:1');
  });

  it('blames no one when the target is in trouble, and removes the stack', async () => {
    const trouble = new TargetTrouble('LocalStack ran out of luck.');
    const { destroyed, watched } = countDestroyed(target(), () => Promise.reject(trouble));
    const result = await grade(SOLUTION, watched).done;
    expect(result).toMatchObject({ outcome: 'ungraded', message: 'LocalStack ran out of luck.' });
    expect(result.checks.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'not-judged'));
    expect(destroyed()).toBe(1);
  });

  it('removes the stack on Ctrl-C', async () => {
    const stop = new AbortController();
    const { destroyed, watched } = countDestroyed(target(), () => {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    });
    await expect(grade(SOLUTION, watched, stop.signal).done).rejects.toThrow('aborted');
    expect(destroyed()).toBe(1);
  });

  it('says what was left behind', async () => {
    const on = target();
    const clingy: Target = {
      ...on,
      deploy: async (request) => {
        const stack = await on.deploy(request);
        const destroy = async (): Promise<void> => {
          await stack.destroy();
          throw new Error('it clings');
        };
        return { ...stack, destroy };
      },
    };
    const result = await grade(SOLUTION, clingy).done;
    expect(result.notices.map(({ message }) => message)).toContain('Something was left behind. it clings');
  });
});

/** The same target, which counts removals of stacks and, if given, runs `run` instead. */
function countDestroyed(on: Target, run?: Stack['run']): { destroyed(): number; watched: Target } {
  let destroyed = 0;
  const deploy: Target['deploy'] = async (request) => {
    const stack = await on.deploy(request);
    const destroy = async (): Promise<void> => {
      destroyed += 1;
      await stack.destroy();
    };
    return { ...stack, destroy, ...(run === undefined ? {} : { run }) };
  };
  return { destroyed: () => destroyed, watched: { ...on, deploy } };
}
