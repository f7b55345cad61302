/**
 * `--workers`: how many threads explore. It affects only the time: verdict, run and token are the same with any number.
 */

import { availableParallelism } from 'node:os';
import { type Arguments, type OptionSpec, UsageError } from './arguments.ts';

/** Each thread has the whole engine and a process for the code, so more threads than this cost memory and gain no time. */
const MOST_WORKERS = 32;

export const WORKERS_OPTION: Readonly<Record<'workers', OptionSpec>> = {
  workers: { type: 'number', says: 'how many threads explore; the verdict is the same. As many as there are cores' },
};

/** The requested number, or one for each core. Throws a {@link UsageError}. */
export function workersFrom(given: Arguments): number {
  const asked = given.number('workers');
  if (asked === undefined) return everyCore();
  if (asked >= 1 && asked <= MOST_WORKERS) return asked;
  throw new UsageError(`--workers needs a number from 1 to ${MOST_WORKERS}, and ${asked} is none.`);
}

/** One for each core that this process may use. */
export function everyCore(): number {
  return Math.min(MOST_WORKERS, availableParallelism());
}
