import { describe, expect, it } from 'vitest';
import { labs } from '../../course/labs.ts';
import { FAILING } from '../../grader/fixtures/lab-result.ts';
import type { CheckResult } from '../../grader/result.ts';
import { alsoFailing } from './hint.ts';

const lab = labs.find(({ slug }) => slug === 'thread-pool') ?? expect.fail('no lab');

describe('the failures that a hint offers beside its own', () => {
  const failing = (id: string, task: number, hintId: string): CheckResult => {
    const base = FAILING.checks.find(({ status }) => status === 'fail') ?? expect.fail('nothing fails');
    return { ...base, id, task, hintId };
  };
  const [one = '', other = ''] = lab.hints.map(({ id }) => id);
  const shown = failing('a', 2, one);

  it('are of the same task and of another kind, with a hint', () => {
    const checks = [shown, failing('b', 2, one), failing('c', 2, other), failing('d', 2, 'no hint of the lab')];
    expect(alsoFailing(lab, checks, shown).map(({ id }) => id)).toEqual(['c']);
  });

  it('leave out those of tasks whose turn comes', () => {
    expect(alsoFailing(lab, [shown, failing('b', 3, other)], shown)).toEqual([]);
  });
});
