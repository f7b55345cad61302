/**
 * The words for what is not proved: they name the bounds and the samples, and nothing that was not done.
 */

import { describe, expect, it } from 'vitest';
import { SAMPLED } from '../fixtures/lab-result.ts';
import type { CheckResult, Exploration } from '../result.ts';
import { judgement } from './judgement.ts';

const [, held] = SAMPLED.checks as readonly [CheckResult, CheckResult];
const told = (exploration: Exploration): { readonly sign: string; readonly phrase: string } =>
  judgement({ ...held, exploration });

const sampled: Exploration = { mode: 'sampled', explored: 10, failing: 0, seed: 42 };
const bounded: Exploration = {
  ...sampled,
  explored: 2_610,
  bounds: { switches: 2, faults: '≤ 1 fault', explored: 2_410 },
  sampled: { schedules: 200 },
  races: { pairs: 52, bothWays: 41 },
};

describe('what held without a proof', () => {
  it.each<[string, Exploration, string]>([
    ['samples', sampled, 'held in 10 sampled schedules, seed 42: not a proof'],
    [
      'samples, and the races that they showed',
      { ...sampled, races: { pairs: 52, bothWays: 41 } },
      'held in 10 sampled schedules, seed 42, 41 of 52 races seen both ways round: not a proof',
    ],
    [
      'samples without a race',
      { ...sampled, races: { pairs: 0, bothWays: 0 } },
      'held in 10 sampled schedules, seed 42: not a proof',
    ],
    [
      'samples by the clock, with all of their seeds',
      { ...sampled, explored: 3_412, sampled: { schedules: 3_412, forMs: 60_000 } },
      'held in 3,412 sampled schedules, seeds 42 to 3453: not a proof',
    ],
    [
      'all up to a bound, and samples beyond',
      bounded,
      'holds under every schedule with ≤ 2 preemptions and ≤ 1 fault: all 2,410; and in 200 sampled beyond (seed 42), 41 of 52 races both ways round: not a proof',
    ],
    [
      'a bound without faults where faults were sampled',
      { ...bounded, faults: '≤ 1 crash', bounds: { switches: 1, faults: 'no fault', explored: 2_410 } },
      'holds under every schedule with ≤ 1 preemption and no fault: all 2,410; and in 200 sampled beyond with ≤ 1 crash (seed 42), 41 of 52 races both ways round: not a proof',
    ],
    [
      'a bound where there are no faults, and a level that was begun',
      { ...bounded, bounds: { switches: 0, explored: 2_000 } },
      'holds under every schedule with no preemption: all 2,000; and in 410 others and 200 sampled beyond (seed 42), 41 of 52 races both ways round: not a proof',
    ],
    [
      'no bound that was reached',
      { ...sampled, explored: 300, sampled: { schedules: 200 } },
      'held in 300 schedules, 200 of them sampled, seed 42: not a proof',
    ],
    [
      'a bound in which another check was broken, so that no sampling followed',
      { mode: 'sampled', explored: 2_000, failing: 0, bounds: { switches: 1, explored: 700 } },
      'holds under every schedule with ≤ 1 preemption: all 700; and in 1,300 others: not a proof',
    ],
    [
      'the first of many',
      { mode: 'sampled', explored: 2_000, failing: 0 },
      'held in the first 2,000 schedules, with more left: not a proof',
    ],
  ])('%s', (_, exploration, phrase) => {
    expect(told(exploration)).toMatchObject({ sign: '◐', phrase });
  });
});

describe('what was broken', () => {
  it.each<[Exploration, string]>([
    [{ ...sampled, failing: 3 }, 'broken in 3 of 10 sampled schedules'],
    [{ ...bounded, failing: 3 }, 'broken in 3 of 2,610 schedules'],
  ])('is counted among the schedules that were tried', (exploration, phrase) => {
    expect(judgement({ ...held, status: 'fail', exploration }).phrase).toBe(phrase);
  });
});
