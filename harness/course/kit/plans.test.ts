/** What the plans say to the grader. */

import { expect, it } from 'vitest';
import { exhaustive, sampled, timed } from './plans.ts';

it('exhaustive tries every schedule up to a number, and says what comes instead beyond it', () => {
  expect(exhaustive()).toEqual({
    mode: 'exhaustive',
    maxSchedules: 30_000,
    sampleInstead: { schedules: 1_000, seed: 42 },
  });
  expect(exhaustive({ maxSchedules: 5, samples: 2 })).toMatchObject({
    maxSchedules: 5,
    sampleInstead: { schedules: 2, seed: 42 },
  });
});

it('sampled tries some, with a stated seed', () => {
  expect(sampled()).toEqual({ mode: 'sampled', schedules: 10, seed: 42 });
  expect(sampled({ schedules: 3 })).toMatchObject({ schedules: 3 });
});

it('timed runs once a seed, and no seed twice', () => {
  const plan = timed({ seeds: 5 });
  expect(plan).toEqual({ mode: 'timed', seeds: [1, 2, 3, 4, 5] });
  expect(timed()).toMatchObject({ seeds: { length: 20 } });
});
