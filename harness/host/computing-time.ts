/**
 * Limits the time that learners' code may compute in total, over the runs of one exploration or of one part of a long one.
 *
 * A handler needs microseconds between two calls. Code that needs a second each time never hangs, but would make the learner
 * wait for minutes. The allowance grows with the number of steps, so long explorations are allowed.
 */

import { HostStopped } from './stopped.ts';

/**
 * For loading and cold caches. Creating a realm takes a tenth of a second of processor time, and an exploration may need
 * eight realms; on a processor that is shared by many, the same work takes several times as long.
 */
const ALLOWANCE_MS = 10_000;
/** A hundred times the duration of a handler's step. */
const ALLOWANCE_PER_STEP_MS = 20;

export interface Allowance {
  readonly allowanceMs: number;
  readonly perStepMs: number;
}

/** The clocks of a host. */
export interface Clocks {
  /** The clock for the steps of the code; wall-clock time, unless the host has a better one. */
  nowMs?(): number;
  /** The processor time that the code's process has used so far; null if it is unknown. */
  computedMs?(): number | null;
}

/**
 * On a busy machine a step takes longer than it computes, because threads wait for cores. Beyond this multiple of the
 * allowance, the code itself must be waiting, which should not be possible.
 */
const MOST_WAITING = 10;

export class ComputingTime {
  readonly #allowance: Allowance;
  readonly #clocks: Clocks;
  #spentMs = 0;
  #steps = 0;
  #computedBeforeMs = 0;

  constructor(
    allowance: Allowance = { allowanceMs: ALLOWANCE_MS, perStepMs: ALLOWANCE_PER_STEP_MS },
    clocks: Clocks = {},
  ) {
    this.#allowance = allowance;
    this.#clocks = clocks;
    this.begin();
  }

  /** Resets the computed time. */
  begin(): void {
    this.#spentMs = 0;
    this.#steps = 0;
    this.#computedBeforeMs = this.#clocks.computedMs?.() ?? 0;
  }

  /** Runs code that does `steps` steps. Rejects with `HostStopped` once all of them together took too long. */
  async of<Done>(steps: number, work: () => Done | Promise<Done>): Promise<Done> {
    const startedMs = this.#nowMs();
    const done = await work();
    this.#spentMs += this.#nowMs() - startedMs;
    this.#steps += steps;
    const tooLongMs = this.#tooLongMs();
    if (tooLongMs !== null)
      throw new HostStopped(
        'slow',
        `${(tooLongMs / 1_000).toFixed(1)} s over ${this.#steps === 1 ? 'one step' : `${this.#steps} steps`}`,
      );
    return done;
  }

  #nowMs(): number {
    return this.#clocks.nowMs?.() ?? performance.now();
  }

  /** The time used, if it exceeds the allowance. The processor time is read only then. */
  #tooLongMs(): number | null {
    const { allowanceMs, perStepMs } = this.#allowance;
    const allowedMs = allowanceMs + perStepMs * this.#steps;
    if (this.#spentMs <= allowedMs) return null;
    const computedMs = this.#clocks.computedMs?.() ?? null;
    if (computedMs === null || this.#spentMs > allowedMs * MOST_WAITING) return this.#spentMs;
    const reallyMs = computedMs - this.#computedBeforeMs;
    return reallyMs > allowedMs ? reallyMs : null;
  }
}
