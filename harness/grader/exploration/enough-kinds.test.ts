/**
 * A failing lab with very many kinds of schedules: after enough failures, the simplest schedules are tried instead.
 */

import { describe, expect, it } from 'vitest';
import type { Check, Scenario } from '../../course/lab.ts';
import { WHOLE } from '../../simulator/kernel/source-dpor/job.ts';
import type { CheckExploration, Failure, ScenarioExploration } from './exploration.ts';
import { exploreInParts } from './in-parts.ts';
import type { PartResult } from './part.ts';

const check = (id: string, kind: Check['kind']): Check => ({
  ...{ id, kind, task: 1, title: id, scenario: 'small', points: 1, judge: () => null },
});
const COUNTS = check('counts', 'at-rest');
const OVERLAPS = check('overlaps', 'reach');

const failure = (preemptions: number): Failure => ({
  violation: { headline: `${preemptions} preemptions`, hintId: 'none' },
  record: [{ reason: 'next', of: 3, chosen: preemptions }],
  cost: { faults: 0, preemptions, steps: 9 },
});

const exploration = (
  explored: number,
  preemptions: number | null,
  more: Partial<ScenarioExploration> & { readonly reached?: boolean } = {},
): ScenarioExploration => {
  const { reached = false, ...rest } = more;
  const counts: CheckExploration = {
    ...{ check: COUNTS, failing: preemptions === null ? 0 : explored, reached: false },
    simplest: preemptions === null ? null : failure(preemptions),
  };
  const overlaps: CheckExploration = { check: OVERLAPS, failing: 0, simplest: null, reached };
  return { exhaustive: true, explored, checks: [counts, overlaps], finding: null, ...rest };
};

/** The merged result of three jobs of 3,000 kinds each that fail with 4 preemptions, and of the simplest schedules. */
async function explored(maxSchedules: number, simple: ScenarioExploration): Promise<ScenarioExploration> {
  const scenario: Scenario = {
    name: 'small',
    title: 'small',
    plan: { mode: 'exhaustive', maxSchedules, sampleInstead: { schedules: 10, seed: 1 } },
    run: () => Promise.resolve({}),
  };
  const outcome = await exploreInParts({
    scenario,
    explorePart: (part): Promise<PartResult> => {
      if (part.kind === 'whole') return Promise.resolve({ kind: 'divided', jobs: [WHOLE, WHOLE, WHOLE] });
      const result = part.kind === 'job' ? exploration(3_000, 4, { reached: true }) : simple;
      return Promise.resolve({ kind: 'explored', exploration: result, work: 1 });
    },
  });
  if (outcome.kind !== 'explored') throw new Error('nothing was found');
  return outcome.exploration;
}

const bounds = { faults: 0, preemptions: 2, schedules: 700 };

describe('a failing lab with very many kinds of schedules', () => {
  it('shows a failure with the fewest preemptions, in the numbers of the exploration by simplicity', async () => {
    const simple = exploration(2_000, 2, { exhaustive: false, bounds });
    const all = await explored(60_000, simple);
    expect(all).toMatchObject({ exhaustive: false, explored: 2_000, bounds });
    expect(all.checks[0]).toMatchObject({ failing: 2_000, simplest: { cost: { preemptions: 2 } } });
    expect(all.checks[1]).toMatchObject({ reached: true });
  });

  it('shows the failure that its kinds have shown if nothing simpler fails', async () => {
    const all = await explored(60_000, exploration(2_000, null, { exhaustive: false, bounds }));
    expect(all).toMatchObject({ exhaustive: false, explored: 6_000 });
    expect(all.checks[0]).toMatchObject({ failing: 6_000, simplest: { cost: { preemptions: 4 } } });
    expect(all.bounds).toBeUndefined();
  });

  it('is explored no further than its scenario allows', async () => {
    const all = await explored(4_000, exploration(2_000, 2, { exhaustive: false, bounds }));
    expect(all).toMatchObject({ exhaustive: false, explored: 6_000 });
    expect(all.bounds).toBeUndefined();
  });
});
