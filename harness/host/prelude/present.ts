/**
 * The present of a realm: its clock, its chance, and the environment that runs in it.
 *
 * A realm's globals are made once and outlive its environments. Whatever they need of the run they ask here, each time anew.
 */

import type { RealmEnvironment } from './environment.ts';
import { makeRandom, type RealmRandom } from './random.ts';
import type { RealmClock } from './time.ts';

export class RealmPresent implements RealmClock {
  readonly random: RealmRandom = makeRandom();
  #epochMs = 0;
  #nowMs = 0;
  #startedMs = 0;
  #environment: RealmEnvironment | null = null;
  #process: object = {};

  /** The environment that runs, or the last one that ran; null before the first of a run. */
  get environment(): RealmEnvironment | null {
    return this.#environment;
  }

  /** Its `process`. */
  get process(): object {
    return this.#process;
  }

  /** The environment that runs, for code that is run by one: that there is none is a mistake of ours. */
  readonly current = (): RealmEnvironment => {
    if (this.#environment === null) throw new Error('no environment is running');
    return this.#environment;
  };

  nowMs(): number {
    return this.#nowMs;
  }

  epochNowMs(): number {
    return this.#epochMs + this.#nowMs;
  }

  /** How long the process has lived that runs. */
  upMs(): number {
    return this.#nowMs - this.#startedMs;
  }

  /** When it started, on the calendar. */
  startedEpochMs(): number {
    return this.#epochMs + this.#startedMs;
  }

  /** A run begins at the instant `epochMs` of the calendar, with no environment. */
  startRun(epochMs: number): void {
    this.#environment = null;
    this.#epochMs = epochMs;
    this.#nowMs = 0;
    this.#startedMs = 0;
  }

  moveTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** A process starts now; {@link enter} must follow. */
  startProcess(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#startedMs = nowMs;
  }

  enter(environment: RealmEnvironment, process: object): void {
    this.#environment = environment;
    this.#process = process;
  }
}
