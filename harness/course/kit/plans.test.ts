/** The plans as the grader sees them. */

import { expect, it } from 'vitest';
import { exhaustive, sampled, timed } from './plans.ts';

it('exhaustive tries every schedule up to a number, and says what replaces it beyond that', () => {
  expect(exhaustive()).toEqual({
    mode: 'exhaustive',
    maxSchedules: 30_000,
    maxWork: 200_000,
    sampleInstead: { schedules: 1_000, seed: 42 },
  });
  expect(exhaustive({ maxSchedules: 5, samples: 2 })).toMatchObject({
    maxSchedules: 5,
    sampleInstead: { schedules: 2, seed: 42 },
  });
});

it('sampled tries some schedules, with a stated seed', () => {
  expect(sampled()).toEqual({ mode: 'sampled', schedules: 10, seed: 42 });
  expect(sampled({ schedules: 3 })).toMatchObject({ schedules: 3 });
});

it('timed runs once for each seed, and all seeds differ', () => {
  const plan = timed({ seeds: 5 });
  expect(plan).toEqual({ mode: 'timed', seeds: [1, 2, 3, 4, 5] });
  expect(timed()).toMatchObject({ seeds: { length: 20 } });
});
