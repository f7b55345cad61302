/**
 * Budgets from the command line: each is explored and reported, and its verdict is remembered only where it means as much as
 * the lab's.
 */

import { expect, it } from 'vitest';
import { findLab } from '../course/labs.ts';
import { looksLessFar, withBudget } from '../grader/exploration/budget.ts';
import { FAILING, PASSING } from '../grader/fixtures/lab-result.ts';
import type { LabResult } from '../grader/result.ts';
import { isAsGoodAsTheLabs } from './budget.ts';
import { cloneRoot } from './clone.ts';
import { recordIo } from './fixtures.ts';
import { runCli } from './run.ts';

const SOLUTION = 'solutions/lost-update';

async function graded(...words: readonly string[]): Promise<LabResult> {
  const io = recordIo({ cwd: cloneRoot() });
  const fast = ['--json', '--in-realm', '--skip-types'];
  await runCli(['grade', 'lost-update', '--from', SOLUTION, ...fast, ...words], io);
  return JSON.parse(io.printed.out) as LabResult;
}

it('a proof that exceeds its limit becomes bounds and samples', async () => {
  const { checks } = await graded('--schedules', '30', '--samples', '25', '--seed', '5');
  expect(checks[0]?.exploration).toMatchObject({
    mode: 'sampled',
    explored: 55,
    seed: 5,
    sampled: { schedules: 25 },
    bounds: { switches: 0 },
  });
});

it('a proof within its limit stays a proof', async () => {
  const { checks } = await graded('--schedules', '5000');
  expect(checks[0]?.exploration?.mode).toBe('exhaustive');
});

it('sampling for a time reports the number of samples', async () => {
  const { checks } = await graded('--schedules', '10', '--for', '200ms');
  const { sampled, explored } = checks[0]?.exploration ?? {};
  expect(sampled?.forMs).toBe(200);
  expect(explored).toBe(10 + (sampled?.schedules ?? 0));
});

it.each([
  [{}, false],
  [{ schedules: 1_000_000, samples: 1_000_000 }, false],
  [{ schedules: 10 }, true],
  [{ samples: 1 }, true],
  [{ forMs: 3_600_000 }, true],
])('%j looks less far than the lab: %s', (budget, isLess) => {
  const lab = findLab('dedupe');
  if (lab === undefined) throw new Error('there is no such lab');
  expect(looksLessFar(lab, budget)).toBe(isLess);
  const changed = withBudget(lab, budget);
  expect(changed.scenarios.map(({ name }) => name)).toEqual(lab.scenarios.map(({ name }) => name));
  expect(Object.keys(budget).length === 0).toBe(changed === lab);
});

it.each([
  ['a pass within the lab’s own budget', PASSING, {}, undefined, true],
  ['a pass in fewer samples', PASSING, { samples: 1 }, undefined, false],
  ['a pass with another seed', PASSING, {}, 7, false],
  ['a failure in few samples', FAILING, { samples: 1 }, 7, true],
] as const)('%s is remembered as the lab’s verdict, or not', (_, result, budget, seed, isRemembered) => {
  const lab = findLab('dedupe');
  if (lab === undefined) throw new Error('there is no such lab');
  expect(isAsGoodAsTheLabs(lab, { budget, seed }, result)).toBe(isRemembered);
});
