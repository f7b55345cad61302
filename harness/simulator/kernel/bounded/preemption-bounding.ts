/**
 * Visits the simplest schedules first: those without faults and switches, then one switch more, then one fault more.
 *
 * A schedule is its deviations from the ordinary course; taking the last one back gives the schedule that it comes from. So each
 * has one parent and is visited once, in the level of what it costs: faults, and switches as the run loop counts them. What a
 * run could have done dearer is noted, and done when its level comes. The kernel's proof is elsewhere (`reduction.ts`).
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, Divergence, type Pick } from '../choices.ts';
import { NotedQuestions, type Price } from './deviation-costs.ts';

/** What schedules may cost. */
export interface Bounds {
  readonly faults: number;
  readonly switches: number;
}

export interface BoundedOptions {
  /** Whether this question asks for a fault: every option but the first one costs one. All other answers are free. */
  readonly isFault: (reason: string) => boolean;
  /** More faults than the world's budget allows in one run need not be thought of. */
  readonly mostFaults: number;
  /** The first round goes up to so many switches; each round after it adds one. */
  readonly switchesAtFirst?: number;
  /** So many questions are noted at most; who would need more visits no further level. */
  readonly mostNotes?: number;
}

/** A completed box of levels, and how many schedules are in it. */
export interface CompleteBounds extends Bounds {
  readonly schedules: number;
}

/** Faults and switches that one more deviation can cost. */
const WHAT_ONE_MORE_COSTS = [
  [1, 1],
  [1, 0],
  [0, 1],
  [0, 0],
] as const;

/** Two switches show most bugs that faults don't (Musuvathi and Qadeer, Iterative context bounding, 2007). */
const SWITCHES_AT_FIRST = 2;
/** 64 megabytes. */
const MOST_NOTES = 8_000_000;

/** A schedule that has been visited. */
interface Visited {
  /** From the beginning on; the ordinary course everywhere else. */
  readonly deviations: Deviation | null;
  readonly questions: NotedQuestions;
}

interface Deviation {
  readonly before: Deviation | null;
  readonly position: number;
  readonly option: number;
  /** How many options there were. */
  readonly of: number;
}

/** One run's choices: its deviations, and the ordinary course beside them. */
class Deviating implements Choices {
  readonly record: Pick[] = [];
  readonly deviations: Deviation | null;
  readonly questions: NotedQuestions;
  readonly #isFault: (reason: string) => boolean;
  readonly #options = new Map<number, Deviation>();
  readonly #last: number;
  #steps = 0;

  constructor(deviations: Deviation | null, isFault: (reason: string) => boolean) {
    this.deviations = deviations;
    this.#isFault = isFault;
    this.#last = deviations?.position ?? -1;
    for (let at = deviations; at !== null; at = at.before) this.#options.set(at.position, at);
    this.questions = new NotedQuestions(this.#last + 1);
  }

  /** Throws if the run did not come to all of its deviations. */
  ended(): void {
    if (this.record.length <= this.#last)
      throw new Divergence(this.record.length, 'the run ended before its last deviation');
  }

  pick(reason: string, of: number): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    return this.#choose(reason, of, () => ({ costsFault: this.#isFault(reason), costsSwitch: false, early: 0 }));
  }

  next(possible: readonly AgendaEvent[]): number {
    const steps = this.#steps;
    this.#steps += 1;
    if (possible.length === 1) return 0;
    return this.#choose('next', possible.length, () => ({
      costsFault: false,
      costsSwitch: possible[0]?.scheduledInStep === steps,
      early: earlyOf(possible),
    }));
  }

  #choose(reason: string, of: number, price: () => Price): number {
    const position = this.record.length;
    const deviation = this.#options.get(position);
    if (deviation !== undefined && deviation.of !== of)
      throw new Divergence(position, `«${reason}» had ${deviation.of} options and now has ${of}`);
    if (position > this.#last) this.questions.add(of, price());
    const chosen = deviation?.option ?? 0;
    this.record.push({ reason, of, chosen });
    return chosen;
  }
}

/** How many of them are deadlines that would come before others that could still happen. */
function earlyOf(possible: readonly AgendaEvent[]): number {
  const first = possible.findIndex(({ kind }) => kind === 'deadline');
  return first <= 0 ? 0 : possible.length - first;
}

export class Bounded {
  readonly #options: BoundedOptions;
  readonly #mostNotes: number;
  /** What has been visited, by switches, then by faults. */
  readonly #levels: Visited[][][] = [];
  readonly #complete: CompleteBounds[] = [];
  readonly #runs: Generator<Deviating, void>;
  #current: Deviating | null = null;
  #level: Bounds = { faults: 0, switches: 0 };
  #inLevel = 0;
  #notes = 0;
  /** How many switches this round goes up to. */
  #round: number;
  #isOver = false;
  /** There would be schedules with more faults than were to be thought of. */
  #takesMoreFaults = false;

  /** Visits nothing yet. */
  constructor(options: BoundedOptions) {
    this.#options = options;
    this.#mostNotes = options.mostNotes ?? MOST_NOTES;
    this.#round = options.switchesAtFirst ?? SWITCHES_AT_FIRST;
    this.#runs = this.#allRuns();
  }

  /** The choices for one more run; null when nothing is left, or when too much would have to be noted. */
  next(): Choices | null {
    this.#finishRun();
    const { value } = this.#runs.next();
    this.#current = value ?? null;
    return this.#current;
  }

  /** All schedules that cost at most so much have been visited; null if not even all those that cost nothing. */
  get complete(): CompleteBounds | null {
    let best: CompleteBounds | null = null;
    for (const { faults, switches } of this.#complete) {
      const within = this.#complete.filter((level) => level.faults <= faults && level.switches <= switches);
      const size = (faults + 1) * (switches + 1);
      if (within.length !== size || (best !== null && size < (best.faults + 1) * (best.switches + 1))) continue;
      best = { faults, switches, schedules: within.reduce((sum, { schedules }) => sum + schedules, 0) };
    }
    return best;
  }

  /** Nothing was left out: these were all schedules. */
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
    this.#notes += questions.size;
    this.#takesMoreFaults ||= this.#level.faults === this.#options.mostFaults && questions.costFaults;
    this.#visited(this.#level).push({ deviations, questions });
  }

  *#allRuns(): Generator<Deviating, void> {
    yield new Deviating(null, this.#options.isFault);
    for (let from = 0; ; from = this.#round, this.#forgetUpTo(from - 2)) {
      for (let faults = 0; faults <= this.#options.mostFaults; faults += 1) {
        for (let switches = from; switches <= this.#round; switches += 1) {
          if (!(yield* this.#allOf({ faults, switches }))) return;
        }
      }
      if (!this.#levels[this.#round]?.some((level) => level.some(({ questions }) => questions.costSwitches))) break;
      this.#round += 1;
    }
    this.#isOver = true;
  }

  /** All schedules that cost exactly this. Their parents cost as much or one less, and have been visited. */
  *#allOf(level: Bounds): Generator<Deviating, boolean> {
    const { faults, switches } = level;
    this.#level = level;
    // The root was visited before its level began.
    this.#inLevel = faults + switches === 0 ? this.#inLevel : 0;
    for (const [fault, change] of WHAT_ONE_MORE_COSTS) {
      // Parents that cost as much come last: they are visited while the list is gone through.
      for (const parent of this.#visited({ faults: faults - fault, switches: switches - change })) {
        for (const { position, option, of } of parent.questions.optionsThatCost(fault, change)) {
          yield new Deviating({ before: parent.deviations, position, option, of }, this.#options.isFault);
          if (this.#notes > this.#mostNotes) return false;
        }
      }
    }
    this.#complete.push({ ...level, schedules: this.#inLevel });
    return true;
  }

  #visited({ faults, switches }: Bounds): Visited[] {
    if (faults < 0 || switches < 0) return [];
    this.#levels[switches] ??= [];
    const row = this.#levels[switches];
    row[faults] ??= [];
    return row[faults];
  }

  /** Schedules with so few switches have no children any more that are still to be visited. */
  #forgetUpTo(switches: number): void {
    for (let row = 0; row <= switches; row += 1) {
      for (const { questions } of this.#levels[row]?.flat() ?? []) this.#notes -= questions.size;
      this.#levels[row] = [];
    }
  }
}
