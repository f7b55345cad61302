/**
 * Probabilistic concurrency testing, which draws schedules so that rare interleavings come up (Burckhardt, Kothari, Musuvathi
 * and Nagarakatte, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, 2010).
 *
 * Each thread draws a priority, and the highest one runs for as long as it can; at a few priority change points, drawn as well,
 * the running thread falls behind all others. Uniform chance changes lanes at nearly every step, so it hardly ever lets one lane
 * finish while another one waits. Faults strike at points drawn from the whole run, not at the first calls. Knows no AWS.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, type Pick, splitMix32 } from '../choices.ts';
import { PctPriorities } from './pct-priorities.ts';

/** How long a run is. Change points and faults are drawn from it. */
export interface RunLength {
  readonly steps: number;
  /** The questions whether a fault strikes. */
  readonly faultQuestions: number;
  /** The steps before which a deadline could have come early, which is a fault as well. */
  readonly earlyDeadlines: number;
}

export interface PctOptions {
  readonly seed: number;
  /** The bug depth: one more than there are change points. `any`: each step is drawn uniformly from all that are possible. */
  readonly depth: number | 'any';
  /** About how long a run of the program is. */
  readonly length: RunLength;
  /** At most this many faults are tried in one run; their number is drawn. The world's budget holds all the same. */
  readonly mostFaults?: number;
  /** Whether this question asks for a fault; every other question is answered by chance alone. */
  readonly isFault?: (reason: string) => boolean;
}

/**
 * A run that is longer than its stated length by this factor goes on by uniform chance, so that every lane gets its turn:
 * otherwise a lane that waits for others could go on for ever.
 */
const FAIR_BEYOND = 2;
const FAIR_BEYOND_AT_LEAST = 50;

/**
 * The choices of one run.
 *
 * What the paper proves, for each run: a bug of this depth (it takes `depth` ordering constraints between steps) is hit with a
 * probability of at least 1 / (n · k^(depth − 1)), for n threads and k steps. It holds if the run has no more than
 * `length.steps` steps, for bugs that take no fault, and for threads as they are defined here (`pct-priorities.ts`). It is a lower
 * bound, and says nothing of deeper bugs. The depth `any` comes with no promise; it shows more pairs of neighbours both ways.
 */
export class Pct implements Choices {
  readonly record: Pick[] = [];
  readonly #options: PctOptions;
  readonly #chance: () => number;
  readonly #priorities: PctPriorities;
  /** The change points, by the step before which they come: the priority that the running thread falls to. */
  readonly #changePoints = new Map<number, number>();
  readonly #faultsAt = new Set<number>();
  /** From this step on, each step is drawn uniformly from all that are possible. */
  readonly #fairFrom: number;
  #steps = 0;
  #faultQuestions = 0;
  #earlyDeadlines = 0;

  /** Draws the change points and the faults; a priority is drawn when its thread is first seen. */
  constructor(options: PctOptions) {
    const { seed, length, mostFaults = 0 } = options;
    const depth = options.depth === 'any' ? 1 : options.depth;
    this.#fairFrom = options.depth === 'any' ? 0 : Math.max(FAIR_BEYOND_AT_LEAST, FAIR_BEYOND * length.steps);
    invariant(depth >= 1, `bugs have a depth of 1 or more, and not ${depth}`);
    this.#options = options;
    this.#chance = splitMix32(seed);
    for (let priority = 1; priority < depth; priority += 1) {
      this.#changePoints.set(1 + (this.#chance() % Math.max(1, length.steps)), priority);
    }
    const places = length.faultQuestions + length.earlyDeadlines;
    const faults = places === 0 ? 0 : this.#chance() % (mostFaults + 1);
    for (let i = 0; i < faults; i += 1) this.#faultsAt.add(this.#chance() % places);
    this.#priorities = new PctPriorities(() => depth + this.#chance());
  }

  /** How long the run was. To be read when it is over. */
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
    this.#priorities.see(possible);
    const inTime = timely(possible);
    const early = inTime < possible.length && this.#strikesNow() ? possible.length - inTime : 0;
    const chosen = early > 0 ? inTime + (this.#chance() % early) : this.#oneOf(possible, inTime);
    this.#priorities.ran(possible[chosen]);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  /** The scenario goes on behind a rest. */
  rest(): void {
    this.#priorities.rest();
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
    const change = this.#changePoints.get(this.#steps);
    if (change !== undefined) this.#priorities.demote(possible[this.#priorities.highest(possible, inTime)], change);
    return this.#priorities.highest(possible, inTime);
  }
}

/** How many of the events may happen without a fault: deadlines come last, and in time only if no other event is possible. */
function timely(possible: readonly AgendaEvent[]): number {
  const first = possible.findIndex(({ kind }) => kind === 'deadline');
  return first <= 0 ? possible.length : first;
}
