/**
 * How far a grading goes that ends with the first task that fails.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { explorationsUntilFailure, withoutUnexplored } from './first-failure.ts';
import type { Judged } from './judgement/judge.ts';

const check = firstOf(lostUpdate.checks);
const scenario = firstOf(lostUpdate.scenarios);

function firstOf<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('lab 0 has a scenario and a check');
  return item;
}

/** By scenario: its checks, each with its task and whether it is broken. */
type Scenarios = readonly (readonly { readonly task: number; readonly broken: boolean }[])[];

function labOf(scenarios: Scenarios): Lab {
  const names = scenarios.map((_, at) => `scenario-${at}`);
  return {
    ...lostUpdate,
    scenarios: names.map((name) => ({ ...scenario, name })),
    checks: scenarios.flatMap((checks, at) =>
      checks.map(({ task }, number) => ({ ...check, id: `${at}.${number}`, task, scenario: names[at] ?? '' })),
    ),
  };
}

function judgedOf(lab: Lab, scenarios: Scenarios): readonly Judged[] {
  const simplest = {
    violation: { headline: '', hintId: '' },
    record: [],
    cost: { faults: 0, preemptions: 0, steps: 0 },
  };
  return lab.scenarios.map((one, at) => {
    const checks = lab.checks
      .filter((candidate) => candidate.scenario === one.name)
      .map((candidate, number) => {
        const { broken = false } = scenarios[at]?.[number] ?? {};
        return { check: candidate, failing: broken ? 1 : 0, simplest: broken ? simplest : null, reached: false };
      });
    return {
      scenario: one,
      exploration: { exhaustive: false, explored: 1, checks, finding: null },
      cached: false,
      shown: new Map(),
    };
  });
}

/** The scenarios that are explored, of those with these checks. */
function explored(scenarios: Scenarios): readonly Judged[] {
  const lab = labOf(scenarios);
  const isEnough = explorationsUntilFailure(lab);
  const judged = judgedOf(lab, scenarios);
  const end = judged.findIndex((one) => isEnough(one));
  return judged.slice(0, end + 1);
}

const firstBroken = (scenarios: Scenarios): number =>
  Math.min(...scenarios.flatMap((checks) => checks.flatMap(({ task, broken }) => (broken ? [task] : []))));

describe('grading up to the first task that fails', () => {
  it('goes on behind a failure while an earlier task has scenarios left', () => {
    const [held, broken] = [
      { task: 1, broken: false },
      { task: 2, broken: true },
    ];
    expect(explored([[broken], [held], [broken]])).toHaveLength(2);
    expect(explored([[held], [broken], [broken]])).toHaveLength(2);
    expect(explored([[held], [held]])).toHaveLength(2);
  });

  it('finds the task that grading the whole would find, and explores nothing behind', () => {
    const checks = fc.array(fc.record({ task: fc.integer({ min: 1, max: 4 }), broken: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(checks, { minLength: 1, maxLength: 6 }), (scenarios) => {
        const { length } = explored(scenarios);
        const found = firstBroken(scenarios.slice(0, length));
        expect(found).toBe(firstBroken(scenarios));
        const tasksOfLast = scenarios[length - 1]?.map(({ task }) => task) ?? [];
        if (length < scenarios.length) expect(Math.min(...tasksOfLast)).toBeLessThanOrEqual(found);
      }),
    );
  });

  it('has no result for checks of scenarios that were not explored', () => {
    const scenarios: Scenarios = [[{ task: 1, broken: true }], [{ task: 2, broken: false }]];
    const lab = labOf(scenarios);
    expect(withoutUnexplored(lab, explored(scenarios)).checks.map(({ id }) => id)).toEqual(['0.0']);
  });
});
