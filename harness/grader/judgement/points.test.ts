/** Points are for work: what held before any work of its task counts once some of that work holds. */

import { describe, expect, it } from 'vitest';
import { judgement } from '../report/judgement.ts';
import type { CheckResult } from '../result.ts';
import { withEarnedPoints } from './points.ts';

const scenario = 's';
const judge = () => null;
const lab = {
  checks: [
    { id: 'work', task: 1, title: '', kind: 'at-rest', scenario, points: 3, judge },
    { id: 'guard', task: 1, title: '', kind: 'at-rest', scenario, points: 2, guard: true, judge },
    { id: 'other-work', task: 2, title: '', kind: 'at-rest', scenario, points: 4, judge },
    { id: 'danger', task: 1, title: '', kind: 'reach', scenario, points: 0, judge },
  ],
  templateChecks: [{ id: 'sizes', task: 2, title: '', points: 1, guard: true, hintId: '', follows: [] }],
} as const;

/** Results of these checks, which hold, and of the others, which don't. */
function results(...held: readonly string[]): readonly CheckResult[] {
  const all = [...lab.checks, ...lab.templateChecks.map((check) => ({ ...check, kind: 'template' as const }))];
  return all.map(({ id, task, title, kind, points }) => ({
    id,
    task,
    title,
    kind,
    status: held.includes(id) ? 'pass' : 'fail',
    points: held.includes(id) ? points : 0,
    maxPoints: points,
  }));
}

const earned = (...held: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    withEarnedPoints(lab, results(...held)).flatMap(({ id, points }) => (points > 0 ? [[id, points]] : [])),
  );

describe('a check that the starter passes', () => {
  it('has no points as long as no work of its task holds', () => {
    expect(earned('guard', 'danger', 'sizes')).toEqual({});
    expect(earned('guard', 'other-work')).toEqual({ 'other-work': 4 });
  });

  it('has its points once work of its task holds', () => {
    expect(earned('guard', 'work')).toEqual({ work: 3, guard: 2 });
    expect(earned('sizes', 'other-work', 'guard')).toEqual({ 'other-work': 4, sizes: 1 });
  });

  it('is still told to hold, and what its points wait for', () => {
    const guard = withEarnedPoints(lab, results('guard')).find(({ id }) => id === 'guard');
    expect(guard).toMatchObject({ status: 'pass', points: 0, maxPoints: 2, unearned: true });
    expect(guard && judgement(guard)).toMatchObject({ sign: '✓', phrase: 'holds · counts with other work of task 1' });
  });
});

it('work has its points whatever became of the rest', () => {
  expect(earned('work')).toEqual({ work: 3 });
});
