/**
 * Preemption bounding: visits the simplest schedules first, those without faults and preemptions, then with one preemption more,
 * then with one fault more (Musuvathi and Qadeer, Iterative Context Bounding for Systematic Testing of Multithreaded Programs,
 * 2007; the faults are ours).
 *
 * A schedule is its deviations from the ordinary course; without the last of them it is another schedule, its parent. So each
 * schedule has one parent and is visited once, at the level of its cost: faults, and preemptions as the run loop counts them.
 * The costlier deviations of a run are recorded, and taken when their level comes. Proofs are elsewhere (`source-dpor.ts`).
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, Divergence, type Pick } from '../choices.ts';
import { type DeviationCost, QuestionCosts } from './deviation-costs.ts';

/** What schedules may cost. */
export interface Bounds {
  readonly faults: number;
  readonly preemptions: number;
}

export interface PreemptionBoundingOptions {
  /** Whether this question asks for a fault: then every option but the first costs one. All other answers are free. */
  readonly isFault: (reason: string) => boolean;
  /** Schedules with more faults than this are left out. More than the world's budget for one run is never needed. */
  readonly mostFaults: number;
  /** The first round goes up to this number of preemptions; each round after it adds one. */
  readonly preemptionsAtFirst?: number;
  /** The most questions that are remembered. An exploration that would need more visits no further level. */
  readonly mostQuestions?: number;
}

/** Bounds within which every schedule has been visited, and how many schedules that were. */
export interface CompleteBounds extends Bounds {
  readonly schedules: number;
}

/** The faults and preemptions that one more deviation can cost. */
const COSTS_OF_ONE_MORE = [
  [1, 1],
  [1, 0],
  [0, 1],
  [0, 0],
] as const;

/** Two preemptions show most bugs that take no fault (Musuvathi and Qadeer, 2007). */
const PREEMPTIONS_AT_FIRST = 2;
/** 64 megabytes, at 8 bytes each. */
const MOST_QUESTIONS = 8_000_000;

/** A schedule that has been visited. */
interface Visited {
  /** What it chose other than the ordinary course, the last deviation first. */
  readonly deviations: Deviation | null;
  readonly questions: QuestionCosts;
}

interface Deviation {
  readonly before: Deviation | null;
  readonly position: number;
  readonly option: number;
  /** How many options there were. */
  readonly of: number;
}

/** The choices of one run: its deviations, and the ordinary course everywhere else. */
class DeviatingChoices implements Choices {
  readonly record: Pick[] = [];
  readonly deviations: Deviation | null;
  readonly questions: QuestionCosts;
  readonly #isFault: (reason: string) => boolean;
  readonly #options = new Map<number, Deviation>();
  readonly #last: number;
  #steps = 0;

  constructor(deviations: Deviation | null, isFault: (reason: string) => boolean) {
    this.deviations = deviations;
    this.#isFault = isFault;
    this.#last = deviations?.position ?? -1;
    for (let at = deviations; at !== null; at = at.before) this.#options.set(at.position, at);
    this.questions = new QuestionCosts(this.#last + 1);
  }

  /** Throws if the run did not come to all of its deviations. */
  ended(): void {
    if (this.record.length <= this.#last)
      throw new Divergence(this.record.length, 'the run ended before its last deviation');
  }

  pick(reason: string, of: number): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    return this.#choose(reason, of, () => ({ costsFault: this.#isFault(reason), costsPreemption: false, early: 0 }));
  }

  next(possible: readonly AgendaEvent[]): number {
    const steps = this.#steps;
    this.#steps += 1;
    if (possible.length === 1) return 0;
    return this.#choose('next', possible.length, () => ({
      costsFault: false,
      costsPreemption: possible[0]?.scheduledInStep === steps,
      early: earlyOf(possible),
    }));
  }

  #choose(reason: string, of: number, cost: () => DeviationCost): number {
    const position = this.record.length;
    const deviation = this.#options.get(position);
    if (deviation !== undefined && deviation.of !== of)
      throw new Divergence(position, `«${reason}» had ${deviation.of} options and now has ${of}`);
    if (position > this.#last) this.questions.add(of, cost());
    const chosen = deviation?.option ?? 0;
    this.record.push({ reason, of, chosen });
    return chosen;
  }
}

/** How many of the events are deadlines that would come although other work is possible. */
function earlyOf(possible: readonly AgendaEvent[]): number {
  const first = possible.findIndex(({ kind }) => kind === 'deadline');
  return first <= 0 ? 0 : possible.length - first;
}

/** Visits schedule after schedule, level by level. */
export class PreemptionBounding {
  readonly #options: PreemptionBoundingOptions;
  readonly #mostQuestions: number;
  /** The schedules that have been visited, by preemptions, then by faults. */
  readonly #levels: Visited[][][] = [];
  readonly #complete: CompleteBounds[] = [];
  readonly #runs: Generator<DeviatingChoices, void>;
  #current: DeviatingChoices | null = null;
  #level: Bounds = { faults: 0, preemptions: 0 };
  #inLevel = 0;
  #remembered = 0;
  /** The number of preemptions up to which this round goes. */
  #round: number;
  #isOver = false;
  /** A schedule could have taken more faults than `mostFaults`. */
  #takesMoreFaults = false;

  /** Visits nothing yet. */
  constructor(options: PreemptionBoundingOptions) {
    this.#options = options;
    this.#mostQuestions = options.mostQuestions ?? MOST_QUESTIONS;
    this.#round = options.preemptionsAtFirst ?? PREEMPTIONS_AT_FIRST;
    this.#runs = this.#allRuns();
  }

  /** The choices of one more run; null when no schedule is left, or when too many questions would have to be remembered. */
  next(): Choices | null {
    this.#finishRun();
    const { value } = this.#runs.next();
    this.#current = value ?? null;
    return this.#current;
  }

  /** The widest bounds within which every schedule has been visited; null if not even all that cost nothing have been. */
  get complete(): CompleteBounds | null {
    let best: CompleteBounds | null = null;
    for (const { faults, preemptions } of this.#complete) {
      const within = this.#complete.filter((level) => level.faults <= faults && level.preemptions <= preemptions);
      const size = (faults + 1) * (preemptions + 1);
      if (within.length !== size || (best !== null && size < (best.faults + 1) * (best.preemptions + 1))) continue;
      best = { faults, preemptions, schedules: within.reduce((sum, { schedules }) => sum + schedules, 0) };
    }
    return best;
  }

  /** Whether no schedule is left out: those that were visited are all. */
  get isEverything(): boolean {
    return this.#isOver && !this.#takesMoreFaults;
  }

  #finishRun(): void {
    const run = this.#current;
    if (run === null) return;
    this.#current = null;
    run.ended();
    const { deviations, questions } = run;
    this.#inLevel += 1;
    this.#remembered += questions.size;
    this.#takesMoreFaults ||= this.#level.faults === this.#options.mostFaults && questions.costFaults;
    this.#visited(this.#level).push({ deviations, questions });
  }

  *#allRuns(): Generator<DeviatingChoices, void> {
    yield new DeviatingChoices(null, this.#options.isFault);
    for (let from = 0; ; from = this.#round, this.#forgetUpTo(from - 2)) {
      for (let faults = 0; faults <= this.#options.mostFaults; faults += 1) {
        for (let preemptions = from; preemptions <= this.#round; preemptions += 1) {
          if (!(yield* this.#allOf({ faults, preemptions }))) return;
        }
      }
      if (!this.#levels[this.#round]?.some((level) => level.some(({ questions }) => questions.costPreemptions))) break;
      this.#round += 1;
    }
    this.#isOver = true;
  }

  /** All schedules that cost exactly this. A parent costs as much or one less, and has been visited. */
  *#allOf(level: Bounds): Generator<DeviatingChoices, boolean> {
    const { faults, preemptions } = level;
    this.#level = level;
    // The root was visited before its level began.
    this.#inLevel = faults + preemptions === 0 ? this.#inLevel : 0;
    for (const [fault, preemption] of COSTS_OF_ONE_MORE) {
      // Parents that cost as much come last, since the list of them grows while it is gone through.
      for (const parent of this.#visited({ faults: faults - fault, preemptions: preemptions - preemption })) {
        for (const { position, option, of } of parent.questions.optionsThatCost(fault, preemption)) {
          yield new DeviatingChoices({ before: parent.deviations, position, option, of }, this.#options.isFault);
          if (this.#remembered > this.#mostQuestions) return false;
        }
      }
    }
    this.#complete.push({ ...level, schedules: this.#inLevel });
    return true;
  }

  #visited({ faults, preemptions }: Bounds): Visited[] {
    if (faults < 0 || preemptions < 0) return [];
    this.#levels[preemptions] ??= [];
    const row = this.#levels[preemptions];
    row[faults] ??= [];
    return row[faults];
  }

  /** Every child of a schedule with at most this many preemptions has been visited. */
  #forgetUpTo(preemptions: number): void {
    for (let row = 0; row <= preemptions; row += 1) {
      for (const { questions } of this.#levels[row]?.flat() ?? []) this.#remembered -= questions.size;
      this.#levels[row] = [];
    }
  }
}
