/**
 * How long learners' code may compute in all, over the runs of one exploration, or of one part of a long one.
 *
 * A handler needs microseconds between two calls. Code that needs a second each time never hangs, and would still keep its
 * reader waiting for minutes. The allowance grows with the steps, so that long explorations are no offence.
 */

import { HostStopped } from './stopped.ts';

/** For loading, for cold caches, and for a machine that is busy with something else. */
const ALLOWANCE_MS = 4_000;
/** A hundred times what a handler's step takes. */
const ALLOWANCE_PER_STEP_MS = 20;

export interface Allowance {
  readonly allowanceMs: number;
  readonly perStepMs: number;
}

export class ComputingTime {
  readonly #allowance: Allowance;
  #spentMs = 0;
  #steps = 0;

  constructor(allowance: Allowance = { allowanceMs: ALLOWANCE_MS, perStepMs: ALLOWANCE_PER_STEP_MS }) {
    this.#allowance = allowance;
  }

  /** Nothing has been computed so far. */
  begin(): void {
    this.#spentMs = 0;
    this.#steps = 0;
  }

  /** Waits for code that does `steps` steps. Rejects with `HostStopped` once all of them together took too long. */
  async of<Done>(steps: number, work: () => Done | Promise<Done>): Promise<Done> {
    const startedMs = performance.now();
    const done = await work();
    this.#spentMs += performance.now() - startedMs;
    this.#steps += steps;
    if (this.#spentMs > this.#allowance.allowanceMs + this.#allowance.perStepMs * this.#steps)
      throw new HostStopped(
        'slow',
        `${(this.#spentMs / 1_000).toFixed(1)} s over ${this.#steps === 1 ? 'one step' : `${this.#steps} steps`}`,
      );
    return done;
  }
}
