import { describe, expect, it } from 'vitest';
import type { Check, Lab, TargetLimits } from '../../course/lab.ts';
import type { TargetRun } from '../../targets/target.ts';
import { judgeRuns, outcomeOfChecks, whyNotJudged } from './judge-runs.ts';

const run = (observation: Record<string, unknown>, note?: string): TargetRun => ({
  observation,
  trace:
    note === undefined
      ? []
      : [{ seq: 0, atMs: 0, cause: null, step: 0, actor: 'scenario', event: { kind: 'note', text: note } }],
});
const GOOD = run({ sound: true, danger: true });
const QUIET = run({ sound: true, danger: false });
const BAD = run({ sound: false, danger: true });

const reach: Check = {
  id: 'overlapped',
  task: 1,
  title: 'two met',
  kind: 'reach',
  scenario: 's',
  points: 1,
  judge: ({ observation }) => (observation.danger === true ? null : { headline: 'none met', hintId: 'none-met' }),
};
const held: Check = {
  ...reach,
  id: 'holds',
  title: 'it holds',
  kind: 'invariant',
  points: 3,
  provokedBy: 'overlapped',
  judge: ({ observation }) => (observation.sound === true ? null : { headline: '1 is lost.', hintId: 'lost' }),
};

function judged(checks: readonly Check[], runs: readonly TargetRun[], limits?: TargetLimits) {
  const lab = { checks, scenarios: [{ name: 's' }] } as unknown as Lab;
  return judgeRuns(lab, new Map([['s', runs]]), limits);
}

describe('a check after runs in real time', () => {
  it('has passed if it held and the danger came up at least once', () => {
    expect(judged([held, reach], [QUIET, GOOD, QUIET])).toMatchObject([
      { id: 'holds', status: 'pass', points: 3, runs: { count: 3, failing: 0 } },
      { id: 'overlapped', status: 'pass', points: 1, runs: { count: 3, failing: 2 } },
    ]);
  });

  it('is not provoked if it held and the danger never came up, and gets no points', () => {
    expect(judged([held, reach], [QUIET, QUIET])).toMatchObject([
      {
        status: 'not-provoked',
        points: 0,
        message: 'It held, but what endangers it (two met) did not come up: nothing was put to the test.',
      },
      { status: 'not-provoked', points: 0, runs: { count: 2, failing: 2 } },
    ]);
  });

  it('is not provoked either if the danger can’t be observed', () => {
    const [first] = judged([held, { ...reach, sees: 'trace' }], [GOOD]);
    expect(first).toMatchObject({ status: 'not-provoked', points: 0 });
    expect(first?.message).toContain('can’t be seen here');
  });

  it('has failed if one run broke it, danger or not, with the words of that run', () => {
    expect(judged([held, reach], [QUIET, { ...BAD, observation: { sound: false } }])).toMatchObject([
      { status: 'fail', points: 0, message: '1 is lost.', hintId: 'lost', runs: { count: 2, failing: 1 } },
      { status: 'not-provoked' },
    ]);
  });

  it('says, if it failed, what the scenario waited for in vain', () => {
    const [only] = judged(
      [held],
      [run({ sound: false }, 'Waited 60 s for this, and it did not come: an empty queue.')],
    );
    expect(only?.message).toBe('1 is lost. Waited 60 s for this, and it did not come: an empty queue.');
  });

  it('that names no danger passes if it holds', () => {
    const { provokedBy: _, ...free } = held;
    expect(judged([free], [QUIET])).toMatchObject([{ status: 'pass', points: 3 }]);
  });

  it('is not judged if it looks at single steps, measures time, or the lab says why not', () => {
    const reasons: [Check, TargetLimits | undefined, string][] = [
      [{ ...held, sees: 'trace' }, undefined, 'It looks at the single steps of a run.'],
      [{ ...held, kind: 'timed' }, undefined, 'It is about elapsed time'],
      [held, { notJudged: { holds: 'it waits for a year' } }, 'It waits for a year.'],
      [held, { notRun: { s: 'nothing runs there' } }, 'Nothing runs there.'],
    ];
    for (const [check, limits, words] of reasons) {
      const [only] = judged([check], [BAD], limits);
      expect(only).toMatchObject({ status: 'not-judged', points: 0 });
      expect(only?.message).toContain(words);
    }
  });

  it('may look at invocations, which every target records', () => {
    expect(whyNotJudged({ ...held, sees: 'invocations' }, undefined)).toBeNull();
  });
});

describe('the outcome', () => {
  const of = (checks: readonly Check[], runs: readonly TargetRun[], limits?: TargetLimits) =>
    outcomeOfChecks(judged(checks, runs, limits)).outcome;

  it('is a pass only if everything that can be judged has passed', () => {
    expect(of([held, reach], [GOOD])).toBe('pass');
    expect(of([held, reach, { ...held, id: 'steps', sees: 'trace' }], [GOOD])).toBe('pass');
  });

  it('is a failure if one check failed, even if others were not provoked', () => {
    expect(of([held, reach, { ...held, id: 'other', judge: () => null }], [run({ sound: false })])).toBe('fail');
  });

  it('is neither if something was not provoked, or nothing could be judged', () => {
    expect(of([held, reach], [QUIET])).toBe('ungraded');
    expect(of([{ ...held, sees: 'trace' }], [GOOD])).toBe('ungraded');
  });
});
