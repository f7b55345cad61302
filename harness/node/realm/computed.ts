/**
 * The processor time of learners' code itself, in the thread in which it runs.
 *
 * It is measured around each entry into a realm, so neither making realms nor waiting for a core is in it.
 */

import process from 'node:process';

/** The processor time of this thread so far, in milliseconds. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Adds up the time of all realms of a host. */
export class Computed {
  #ms = 0;

  get ms(): number {
    return this.#ms;
  }

  /** Runs learners' code and adds what it computes, also if it throws. The time of code that is stopped is part of the stop itself. */
  during(work: () => void): void {
    const before = threadMs();
    try {
      work();
    } finally {
      this.#ms += threadMs() - before;
    }
  }
}
