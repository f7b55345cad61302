/**
 * `--schedules`, `--samples`, `--for` and `--seed`: how far `test` and `grade` explore, in place of the lab's own numbers.
 *
 * Reads the options and says in a sentence what is wrong with one. The grader carries them out (`grader/budget.ts`).
 */

import type { Lab } from '../course/lab.ts';
import { type Budget, looksLessFar } from '../grader/exploration/budget.ts';
import type { LabResult } from '../grader/result.ts';
import { thousands } from '../words/phrases.ts';
import { type Arguments, type OptionSpec, UsageError } from './arguments.ts';

const MOST = 1_000_000_000;
/** Seeds are 32-bit numbers. */
const MOST_SEED = 2 ** 32 - 1;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The options, as `--help` shows them. */
export const BUDGET_OPTIONS: Readonly<Record<'schedules' | 'samples' | 'for' | 'seed', OptionSpec>> = {
  schedules: {
    type: 'number',
    says: 'give up a proof after this many schedules, and try that many of the simplest instead',
  },
  samples: { type: 'number', says: 'how many schedules are sampled where not all are tried' },
  for: { type: 'value', says: 'how long to sample, in place of how many: 60s, 5m, 1h; by the clock, in each scenario' },
  seed: { type: 'number', says: 'the seed of the first sample, and of timed runs' },
};

export interface ChosenBudget {
  readonly budget: Budget;
  readonly seed: number | undefined;
}

/** The budget that the command line asks for; empty if it asks for none. Throws a {@link UsageError}. */
export function chosenBudget(given: Arguments): ChosenBudget {
  const schedules = countOf(given, 'schedules');
  const samples = countOf(given, 'samples');
  const forMs = timeOf(given);
  const seed = given.number('seed');
  if (samples !== undefined && forMs !== undefined)
    throw new UsageError('--samples and --for both say when to stop sampling; give one of them.');
  if (seed !== undefined && seed > MOST_SEED)
    throw new UsageError(`--seed is a number from 0 to ${thousands(MOST_SEED)}.`);
  const budget = {
    ...(schedules === undefined ? {} : { schedules }),
    ...(samples === undefined ? {} : { samples }),
    ...(forMs === undefined ? {} : { forMs }),
  };
  return { budget, seed };
}

/** Refuses these options where they mean nothing: on another target, and for a first look. Throws a {@link UsageError}. */
export function refuseBudget(given: Arguments, why: string): void {
  const asked = ['schedules', 'samples', 'for'].find((name) => given.value(name) !== undefined);
  if (asked !== undefined) throw new UsageError(`--${asked} has no meaning here: ${why}`);
}

/** Whether a verdict says as much as the lab's own would. A failing schedule always does, however few schedules were tried. */
export function isAsGoodAsTheLabs(lab: Lab, { budget, seed }: ChosenBudget, { outcome }: LabResult): boolean {
  return outcome !== 'pass' || (seed === undefined && !looksLessFar(lab, budget));
}

function countOf(given: Arguments, name: 'schedules' | 'samples'): number | undefined {
  const count = given.number(name);
  if (count !== undefined && (count < 1 || count > MOST))
    throw new UsageError(`--${name} is a number from 1 to ${thousands(MOST)}.`);
  return count;
}

function timeOf(given: Arguments): number | undefined {
  const text = given.value('for');
  if (text === undefined) return undefined;
  const [, number = '', unit = ''] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (ms === 0) throw new UsageError(`--for needs a time such as 60s, 5m or 1h, and «${text}» is none.`);
  return ms;
}
