/**
 * Finds the linear extension with the fewest preemptions: the simplest schedule in the equivalence class of a recorded run.
 *
 * All schedules of a class show the same; one in which each step goes on for as long as it can is the easiest to read. The search
 * goes over the ideals of happens-before (the sets of steps that hold all their predecessors), each with the step that came last,
 * level by level: first all that is reached without a preemption, then with one, then with two. Of equally simple extensions it
 * finds the one whose record comes first. Runs nothing; `followed-extension.ts` does.
 */

import type { HappensBefore } from '../source-dpor/happens-before.ts';
import { AgendaModel } from './agenda-model.ts';
import type { LinearExtension } from './followed-extension.ts';
import { FIRST, type RecordedRun } from './recorded-run.ts';
import { bitsetOf, covers, has, MOST_STEPS, NO_STEPS, type StepBitset, upTo, withStep } from './step-bitset.ts';

/** The search is given up when it has reached this many ideals. */
const MOST_REACHED = 20_000;

export interface SimplestExtension extends LinearExtension {
  readonly preemptions: number;
  /** What will tell a run of it from others; see `RecordedRun.telling`. */
  readonly telling: readonly number[];
}

/** An ideal, and the one of its steps that came last. */
interface Reached {
  readonly done: StepBitset;
  readonly last: number;
  readonly preemptions: number;
  /** The steps that could come when `last` did, by their places in ascending order. */
  readonly freeBefore: readonly number[];
  /** The virtual time, in milliseconds. */
  readonly nowMs: number;
}

const START: Reached = { done: NO_STEPS, last: FIRST, preemptions: 0, freeBefore: [], nowMs: 0 };

/**
 * Searches among the linear extensions with at most `mostPreemptions`. Null if there is none.
 *
 * @returns `too-many` if the run is too long, or has too many ideals to search through all of them.
 */
export function extensionWithFewestPreemptions(
  run: RecordedRun,
  happensBefore: HappensBefore,
  mostPreemptions: number,
): SimplestExtension | null | 'too-many' {
  if (run.steps.length > MOST_STEPS || happensBefore.length !== run.steps.length) return 'too-many';
  return new Search(run, happensBefore).simplest(mostPreemptions);
}

class Search {
  readonly #run: RecordedRun;
  readonly #model: AgendaModel;
  readonly #predecessors: readonly StepBitset[];
  /** By step: those that it happens before, with no other step between them. */
  readonly #successors: readonly (readonly number[])[];
  readonly #all: StepBitset;
  readonly #reached = new Map<string, Reached>();
  readonly #further = new Map<Reached, readonly Reached[]>();
  readonly #leadsToTheEnd = new Map<string, boolean>();

  constructor(run: RecordedRun, happensBefore: HappensBefore) {
    this.#run = run;
    this.#model = new AgendaModel(run);
    this.#predecessors = happensBefore.map(bitsetOf);
    this.#successors = successorsOf(happensBefore, this.#predecessors);
    this.#all = upTo(run.steps.length);
  }

  simplest(mostPreemptions: number): SimplestExtension | null | 'too-many' {
    let level: Reached[] = [START];
    for (let preemptions = 0; preemptions <= mostPreemptions && level.length > 0; preemptions += 1) {
      const next: Reached[] = [];
      let isOver = false;
      for (let reached = level.pop(); reached !== undefined; reached = level.pop()) {
        const key = keyOf(reached);
        if (this.#reached.has(key)) continue;
        this.#reached.set(key, reached);
        if (this.#reached.size > MOST_REACHED) return 'too-many';
        if (covers(reached.done, this.#all)) isOver = true;
        for (const further of this.#from(reached)) (further.preemptions === preemptions ? level : next).push(further);
      }
      if (isOver) return this.#firstWith(preemptions);
      level = next;
    }
    return null;
  }

  #from(reached: Reached): readonly Reached[] {
    const known = this.#further.get(reached);
    if (known !== undefined) return known;
    const { done, last, preemptions, nowMs } = reached;
    const free = this.#freeAfter(reached);
    const isNow = (place: number): boolean => this.#model.instantMs(place) <= nowMs;
    const goesOn = this.#model.goesOn(done, last, nowMs, free.some(isNow));
    const further = free.map((place) => ({
      done: withStep(done, place),
      last: place,
      preemptions: goesOn === undefined || goesOn === place ? preemptions : preemptions + 1,
      freeBefore: free,
      nowMs: Math.max(nowMs, this.#model.instantMs(place)),
    }));
    this.#further.set(reached, further);
    return further;
  }

  /** The steps that can come next, by their places in ascending order. */
  #freeAfter({ done, last, freeBefore }: Reached): readonly number[] {
    const isFree = (place: number): boolean => covers(done, this.#predecessors[place] ?? NO_STEPS);
    if (last === FIRST) return [...this.#predecessors.keys()].filter(isFree);
    const others = freeBefore.filter((place) => place !== last);
    const freed = (this.#successors[last] ?? []).filter(isFree);
    return freed.length === 0 ? others : [...others, ...freed].sort((a, b) => a - b);
  }

  /** Takes, of the next steps that lie on an extension with the fewest preemptions, always the one that the agenda lists first. */
  #firstWith(preemptions: number): SimplestExtension {
    const places: number[] = [];
    const telling: number[] = [...this.#answersOf(FIRST)];
    let reached: Reached = START;
    while (places.length < this.#predecessors.length) {
      for (const rest of this.#model.restsAt(reached.done)) telling.push(...this.#answersOf(rest));
      const listed = this.#model.possible(reached.done, places);
      const best: { readonly further: Reached; readonly index: number } | undefined = this.#from(reached)
        .filter((further) => this.#isOnTheWay(further))
        .map((further) => ({ further, index: listed.indexOf(further.last) }))
        .sort((a, b) => a.index - b.index)[0];
      if (best === undefined) throw new Error('an ideal on the way to the end leads nowhere');
      if (listed.length > 1) telling.push(best.index);
      telling.push(...this.#answersOf(best.further.last));
      places.push(best.further.last);
      reached = best.further;
    }
    return { places, names: this.#model.names, answers: this.#run.answers, preemptions, telling };
  }

  /** Whether it is reached with as few preemptions as possible, and the end is reached from it with no more than the fewest. */
  #isOnTheWay(reached: Reached): boolean {
    const key = keyOf(reached);
    const same = this.#reached.get(key);
    if (same?.preemptions !== reached.preemptions) return false;
    const known = this.#leadsToTheEnd.get(key);
    if (known !== undefined) return known;
    const leads = covers(reached.done, this.#all) || this.#from(same).some((further) => this.#isOnTheWay(further));
    this.#leadsToTheEnd.set(key, leads);
    return leads;
  }

  #answersOf(scheduler: number): readonly number[] {
    const answers = this.#run.answers.get(scheduler) ?? [];
    return answers.filter(({ chosen }) => chosen !== 0).map(({ place }) => place);
  }
}

/** By step: those that it happens before immediately. */
function successorsOf(
  happensBefore: HappensBefore,
  predecessors: readonly StepBitset[],
): readonly (readonly number[])[] {
  const successors: number[][] = predecessors.map(() => []);
  for (const [later, earlier] of happensBefore.entries()) {
    const before = [...earlier].map((place) => predecessors[place] ?? NO_STEPS);
    for (const place of earlier) if (!before.some((set) => has(set, place))) successors[place]?.push(later);
  }
  return successors;
}

function keyOf({ done: { low, high }, last }: Reached): string {
  return `${low},${high},${last}`;
}
