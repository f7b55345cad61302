/**
 * Schedules drawn so that rare orders come up: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and
 * Nagarakatte, 2010).
 *
 * Who drew the highest priority runs for as long as it can; at a few points, drawn as well, whoever runs falls behind all
 * others. Uniform chance changes lanes at nearly every step, and so hardly ever lets one lane finish while another one waits.
 * Faults strike at points drawn from the whole run, not at the first calls. Knows neither services nor AWS.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, type Pick, splitMix32 } from '../choices.ts';
import { Threads } from './pct-priorities.ts';

/** How long a run is: what points are drawn from. */
export interface RunLength {
  readonly steps: number;
  /** Questions whether a fault strikes. */
  readonly faultQuestions: number;
  /** Steps before which a deadline could have come early, which is a fault as well. */
  readonly earlyDeadlines: number;
}

export interface PctOptions {
  readonly seed: number;
  /** One more than there are points at which whoever runs falls behind. `any`: each step is drawn from all that are possible. */
  readonly depth: number | 'any';
  /** About how long a run is. */
  readonly length: RunLength;
  /** At most so many faults are tried in one run; how many is drawn. The world's budget holds all the same. */
  readonly mostFaults?: number;
  /** Whether this question asks for a fault; every other question is answered by chance alone. */
  readonly isFault?: (reason: string) => boolean;
}

/** Beyond so many times the length that was told, all lanes get their turns, or one that waits for others could go on for ever. */
const FAIR_BEYOND = 2;
const FAIR_BEYOND_AT_LEAST = 50;

/**
 * The choices of one run.
 *
 * What the paper proves, per run: a bug that takes `depth` orders between steps is hit with a probability of at least
 * 1 / (n · k^(depth − 1)), for n threads and k steps. It holds if the run has no more than `length.steps` steps, for bugs
 * that take no fault, and as far as threads are what they are here: what a step puts on the agenda goes on its thread, or
 * begins one of its own. It is a lower bound and says nothing of bugs that take more orders.
 * Nothing is promised with the depth `any`, which shows more of the orders between neighbours.
 */
export class Pct implements Choices {
  readonly record: Pick[] = [];
  readonly #options: PctOptions;
  readonly #chance: () => number;
  readonly #threads: Threads;
  /** By the step before which it comes: the priority that whoever runs falls to. */
  readonly #changes = new Map<number, number>();
  readonly #faultsAt = new Set<number>();
  /** From this step on each is drawn from all that are possible. */
  readonly #fairFrom: number;
  #steps = 0;
  #faultQuestions = 0;
  #earlyDeadlines = 0;

  /** Draws the points; priorities are drawn when a thread is first seen. */
  constructor(options: PctOptions) {
    const { seed, length, mostFaults = 0 } = options;
    const depth = options.depth === 'any' ? 1 : options.depth;
    this.#fairFrom = options.depth === 'any' ? 0 : Math.max(FAIR_BEYOND_AT_LEAST, FAIR_BEYOND * length.steps);
    invariant(depth >= 1, `bugs have a depth of 1 or more, and not ${depth}`);
    this.#options = options;
    this.#chance = splitMix32(seed);
    for (let priority = 1; priority < depth; priority += 1) {
      this.#changes.set(1 + (this.#chance() % Math.max(1, length.steps)), priority);
    }
    const places = length.faultQuestions + length.earlyDeadlines;
    const faults = places === 0 ? 0 : this.#chance() % (mostFaults + 1);
    for (let i = 0; i < faults; i += 1) this.#faultsAt.add(this.#chance() % places);
    this.#threads = new Threads(() => depth + this.#chance());
  }

  /** How long the run was, when it is over. */
  get length(): RunLength {
    return {
      steps: this.#steps,
      faultQuestions: this.#faultQuestions,
      earlyDeadlines: this.#earlyDeadlines,
    };
  }

  pick(reason: string, of: number): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    const chosen = this.#options.isFault?.(reason) === true ? this.#fault(of) : this.#chance() % of;
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[]): number {
    this.#steps += 1;
    this.#threads.see(possible);
    const inTime = timely(possible);
    const early = inTime < possible.length && this.#strikesNow() ? possible.length - inTime : 0;
    const chosen = early > 0 ? inTime + (this.#chance() % early) : this.#oneOf(possible, inTime);
    this.#threads.ran(possible[chosen]);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  /** Somebody who had waited for rest goes on. */
  rest(): void {
    this.#threads.rest();
  }

  #fault(of: number): number {
    const strikes = this.#faultsAt.has(this.#faultQuestions);
    this.#faultQuestions += 1;
    return strikes ? 1 + (this.#chance() % (of - 1)) : 0;
  }

  #strikesNow(): boolean {
    const strikes = this.#faultsAt.has(this.#options.length.faultQuestions + this.#earlyDeadlines);
    this.#earlyDeadlines += 1;
    return strikes;
  }

  #oneOf(possible: readonly AgendaEvent[], inTime: number): number {
    if (this.#steps > this.#fairFrom) return this.#chance() % inTime;
    const change = this.#changes.get(this.#steps);
    if (change !== undefined) this.#threads.demote(possible[this.#threads.highest(possible, inTime)], change);
    return this.#threads.highest(possible, inTime);
  }
}

/** How many of them may happen without a fault: deadlines come last, and in time only if there is nothing else. */
function timely(possible: readonly AgendaEvent[]): number {
  const first = possible.findIndex(({ kind }) => kind === 'deadline');
  return first <= 0 ? possible.length : first;
}
