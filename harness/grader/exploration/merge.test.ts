/**
 * Merged parts of an exploration: numbers are added and the simplest failure stays, in whatever groups the parts are merged.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../course/lab.ts';
import type { CheckExploration, ScenarioExploration } from './exploration.ts';
import { failsAsMuch, hasFailed, merge, withShown } from './merge.ts';

const check: Check = {
  id: 'counts',
  task: 1,
  title: 'counts',
  kind: 'at-rest',
  scenario: 'small',
  points: 1,
  judge: () => null,
};

const orders = fc.record({ orders: fc.nat(), atLeast: fc.boolean() });

const failures = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }))
  .map(([faults, preemptions, steps, chosen]) => ({
    violation: { headline: 'it broke', hintId: 'none' },
    record: chosen.map((one) => ({ reason: 'next', of: 3, chosen: one })),
    cost: { faults, preemptions, steps },
  }));

const states: fc.Arbitrary<CheckExploration> = fc
  .record({ simplest: fc.option(failures), reached: fc.boolean(), failingOrders: orders, failing: fc.nat(100) })
  .map((state) => ({ ...state, check }));

const parts: fc.Arbitrary<ScenarioExploration> = fc
  .record({ explored: fc.nat(100), exhaustive: fc.boolean(), standsFor: orders, state: states })
  .map(({ state, ...part }) => ({ ...part, checks: [state], finding: null }));

describe('merged parts', () => {
  it('are the same in any grouping', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 2, maxLength: 6 }), fc.nat(), (all, where) => {
        const at = 1 + (where % (all.length - 1));
        expect(merge([merge(all.slice(0, at)), merge(all.slice(at))])).toEqual(merge(all));
      }),
    );
  });

  it('are the same in any order', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (all) => {
        expect(merge([...all].reverse())).toEqual(merge(all));
      }),
    );
  });

  it('count everything, and have failed if one part has', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (all) => {
        const whole = merge(all);
        expect(whole.explored).toBe(all.reduce((sum, { explored }) => sum + explored, 0));
        expect(whole.exhaustive).toBe(all.every(({ exhaustive }) => exhaustive));
        expect(hasFailed(whole)).toBe(all.some(hasFailed));
      }),
    );
  });

  it('keep the first failing seed of timed runs, as no seed is simpler than another', () => {
    const run = (seed: number, steps: number): ScenarioExploration => ({
      exhaustive: false,
      explored: 1,
      timedSeeds: [seed],
      checks: [
        {
          check,
          failing: 1,
          simplest: {
            violation: { headline: 'late', hintId: 'late' },
            record: [],
            cost: { faults: 0, preemptions: 0, steps },
            seed,
          },
          reached: false,
        },
      ],
      finding: null,
    });
    const whole = merge([run(1, 20), run(2, 10)]);
    expect(whole.timedSeeds).toEqual([1, 2]);
    expect(whole.checks[0]?.simplest?.seed).toBe(1);
  });

  it('say «at least» of sums that are too big to be exact', () => {
    const big: ScenarioExploration = {
      exhaustive: true,
      explored: 1,
      checks: [],
      finding: null,
      standsFor: { orders: Number.MAX_SAFE_INTEGER, atLeast: false },
    };
    expect(merge([big, big]).standsFor).toEqual({ orders: Number.MAX_SAFE_INTEGER, atLeast: true });
  });
});

describe('the results of a second exploration', () => {
  it('contribute a simpler failure and a goal reached, and change no number', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [before] = one.checks;
        const { checks, ...numbers } = withShown(one, other);
        expect({ ...numbers, checks: one.checks }).toEqual(one);
        const both = merge([one, other]).checks[0];
        expect(checks).toEqual([{ ...before, simplest: both?.simplest, reached: both?.reached }]);
      }),
    );
  });

  it('are not enough where the second exploration broke other checks', () => {
    const [one, other] = fc.sample(parts, { numRuns: 2, seed: 1 }).map((part) => ({ ...part }));
    if (one === undefined || other === undefined) throw new Error('two were asked for');
    const failing = (part: ScenarioExploration, many: number): ScenarioExploration => ({
      ...part,
      checks: part.checks.map((state) => ({ ...state, failing: many })),
    });
    expect(failsAsMuch(failing(one, 0), failing(other, 3))).toBe(false);
    expect(failsAsMuch(failing(one, 2), failing(other, 3))).toBe(true);
    expect(failsAsMuch(failing(one, 0), failing(other, 0))).toBe(true);
  });
});
