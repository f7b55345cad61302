/**
 * Limits the time that learners' code may compute in total, over the runs of one exploration or of one part of a long one.
 *
 * A handler needs microseconds between two calls. Code that needs a second each time never hangs, but would make the learner
 * wait for minutes. Only what the code itself computes counts: neither making realms nor waiting for a core.
 */

import { clockMs } from './own-clock.ts';
import { HostStopped } from './stopped.ts';

/** For cold caches. */
const ALLOWANCE_MS = 3_000;
/** Ten times the duration of a handler's step. */
const ALLOWANCE_PER_STEP_MS = 2;
/**
 * A start loads the code, and in a fresh realm everything of the language and the SDK that it uses, in some hundredths of a second; in
 * twice the time where other realms fill the heap or others use the other half of the core.
 */
const ALLOWANCE_PER_START_MS = 200;
/**
 * By the clock code may take so many times as long: a clock runs on while the machine does other work, and code that did nothing wrong was
 * stopped on a busy one. A loop without end is stopped by others, after a time without an answer.
 */
const TIMES_BY_THE_CLOCK = 10;

export interface Allowance {
  readonly allowanceMs: number;
  readonly perStepMs: number;
  /** For each step that starts an environment, in addition. */
  readonly perStartMs: number;
}

/** The clocks of a host. */
export interface Clocks {
  /** The processor time that learners' code itself has used so far. Absent if the host can't measure it: then the clock counts, with a larger allowance. */
  computedMs?(): number;
}

export class ComputingTime {
  readonly #allowance: Allowance;
  readonly #nowMs: () => number;
  readonly #times: number;
  #spentMs = 0;
  #steps = 0;
  #starts = 0;

  constructor(
    allowance: Allowance = {
      allowanceMs: ALLOWANCE_MS,
      perStepMs: ALLOWANCE_PER_STEP_MS,
      perStartMs: ALLOWANCE_PER_START_MS,
    },
    clocks: Clocks = {},
  ) {
    this.#allowance = allowance;
    this.#nowMs = () => clocks.computedMs?.() ?? clockMs();
    this.#times = clocks.computedMs === undefined ? TIMES_BY_THE_CLOCK : 1;
  }

  /** Resets the computed time. */
  begin(): void {
    this.#spentMs = 0;
    this.#steps = 0;
    this.#starts = 0;
  }

  /** Runs code that does `steps` steps, of which `starts` start an environment. Rejects with `HostStopped` once all together took too long. */
  async of<Done>(steps: number, work: () => Done | Promise<Done>, starts = 0): Promise<Done> {
    const startedMs = this.#nowMs();
    const done = await work();
    this.#spentMs += this.#nowMs() - startedMs;
    this.#steps += steps;
    this.#starts += starts;
    const { allowanceMs, perStepMs, perStartMs } = this.#allowance;
    // The words name the limit and not what was measured, so that they are the same each time.
    const allowedMs = (ofMs: number): number => this.#times * ofMs;
    if (this.#spentMs > allowedMs(allowanceMs + perStepMs * this.#steps + perStartMs * this.#starts))
      throw new HostStopped('slow', `more than ${(allowedMs(allowanceMs) / 1_000).toFixed(1)} s`);
    return done;
  }
}
