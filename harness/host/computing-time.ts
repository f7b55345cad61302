/**
 * How long learners' code may compute in all, over the runs of one exploration, or of one part of a long one.
 *
 * A handler needs microseconds between two calls. Code that needs a second each time never hangs, and would still keep its
 * reader waiting for minutes. The allowance grows with the steps, so that long explorations are no offence.
 */

import { HostStopped } from './stopped.ts';

/**
 * For loading and cold caches. A realm takes a tenth of a second of a processor to make, and an exploration may need eight; on a processor
 * that many others share, the same work takes several times as long.
 */
const ALLOWANCE_MS = 10_000;
/** A hundred times what a handler's step takes. */
const ALLOWANCE_PER_STEP_MS = 20;

export interface Allowance {
  readonly allowanceMs: number;
  readonly perStepMs: number;
}

/** What a host knows of time. */
export interface Clocks {
  /** The clock that the code's steps are measured on; the wall's, unless there is a better one. */
  nowMs?(): number;
  /** How long the process of the code has really computed so far; null where nobody can tell. */
  computedMs?(): number | null;
}

/**
 * On a busy machine a step takes longer than it computes: with so many cores for so many threads and other people's work. Beyond
 * this many times the allowance it is the code that waits, in some way that should not be possible.
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

  /** Nothing has been computed so far. */
  begin(): void {
    this.#spentMs = 0;
    this.#steps = 0;
    this.#computedBeforeMs = this.#clocks.computedMs?.() ?? 0;
  }

  /** Waits for code that does `steps` steps. Rejects with `HostStopped` once all of them together took too long. */
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

  /** How long it took if that is too long; what the process has really computed is asked for only then. */
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
