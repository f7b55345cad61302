/**
 * The order of a run's steps with the fewest switches, among all that are of the same kind as the run.
 *
 * All these orders show the same; the one in which whoever acts goes on for as long as they can is the easiest to read. It is
 * searched over the sets of steps that can be done first, level by level: all that can be reached without a switch, with one,
 * with two. Of equally good orders it is the first in the order of their records. Runs nothing: see `same-steps.ts`.
 */

import type { Pick } from '../choices.ts';
import { OrderModel } from './agenda-model.ts';
import type { Order } from './followed-extension.ts';
import { FIRST, type NotedRun } from './recorded-run.ts';
import { covers, has, MOST_STEPS, NO_STEPS, type StepSet, setOf, upTo, withStep } from './step-bitset.ts';

/** Points that are looked at before the search is given up. */
const MOST_POINTS = 20_000;

export interface CheapestOrder extends Order {
  readonly switches: number;
  /** What will tell its record from others; see {@link tellingChoices}. */
  readonly chosen: readonly number[];
}

/** Some steps are done, and one of them was the last. */
interface Point {
  readonly done: StepSet;
  readonly last: number;
  readonly switches: number;
}

/**
 * Searches among the orders with at most so many switches. Null if there is none.
 *
 * @param after For each step, the steps that come before it for a reason.
 * @returns `too-many` if the run is too long or has too many orders to be sure.
 */
export function cheapestOrder(
  run: NotedRun,
  after: readonly ReadonlySet<number>[],
  mostSwitches: number,
): CheapestOrder | null | 'too-many' {
  if (run.steps.length > MOST_STEPS || after.length !== run.steps.length) return 'too-many';
  return new Search(run, after).cheapest(mostSwitches);
}

class Search {
  readonly #run: NotedRun;
  readonly #model: OrderModel;
  readonly #needs: readonly StepSet[];
  readonly #all: StepSet;
  readonly #reached = new Map<string, Point>();
  readonly #leadsToTheEnd = new Map<string, boolean>();

  constructor(run: NotedRun, after: readonly ReadonlySet<number>[]) {
    this.#run = run;
    this.#model = new OrderModel(run);
    this.#needs = after.map(setOf);
    this.#all = upTo(run.steps.length);
  }

  cheapest(mostSwitches: number): CheapestOrder | null | 'too-many' {
    let level: Point[] = [{ done: NO_STEPS, last: FIRST, switches: 0 }];
    for (let switches = 0; switches <= mostSwitches && level.length > 0; switches += 1) {
      const next: Point[] = [];
      let isOver = false;
      for (let point = level.pop(); point !== undefined; point = level.pop()) {
        const key = keyOf(point);
        if (this.#reached.has(key)) continue;
        this.#reached.set(key, point);
        if (this.#reached.size > MOST_POINTS) return 'too-many';
        if (covers(point.done, this.#all)) isOver = true;
        for (const further of this.#from(point)) (further.switches === switches ? level : next).push(further);
      }
      if (isOver) return this.#firstOf(switches);
      level = next;
    }
    return null;
  }

  #from({ done, last, switches }: Point): readonly Point[] {
    const free = [...this.#needs.keys()].filter(
      (place) => !has(done, place) && covers(done, this.#needs[place] as StepSet),
    );
    const goesOn = this.#model.goesOn(
      done,
      last,
      free.some((place) => this.#model.isNow(place, done)),
    );
    return free.map((place) => ({
      done: withStep(done, place),
      last: place,
      switches: goesOn === undefined || goesOn === place ? switches : switches + 1,
    }));
  }

  /** Among the points that lie on a cheapest order, always the one that the agenda lists first. */
  #firstOf(switches: number): CheapestOrder {
    const places: number[] = [];
    const chosen: number[] = [...this.#answersOf(FIRST)];
    let point: Point = { done: NO_STEPS, last: FIRST, switches: 0 };
    while (places.length < this.#needs.length) {
      for (const rest of this.#model.restsAt(point.done)) chosen.push(...this.#answersOf(rest));
      const listed = this.#model.possible(point.done, places);
      const best: { readonly further: Point; readonly index: number } | undefined = this.#from(point)
        .filter((further) => this.#isOnTheWay(further))
        .map((further) => ({ further, index: listed.indexOf(further.last) }))
        .sort((a, b) => a.index - b.index)[0];
      if (best === undefined) throw new Error('a point on the way to the end leads nowhere');
      if (listed.length > 1) chosen.push(best.index);
      chosen.push(...this.#answersOf(best.further.last));
      places.push(best.further.last);
      point = best.further;
    }
    return { places, names: this.#model.names, answers: this.#run.answers, switches, chosen };
  }

  /** Reached with as few switches as it can be, and the end is reached from it with no more than the fewest. */
  #isOnTheWay(point: Point): boolean {
    const key = keyOf(point);
    if (this.#reached.get(key)?.switches !== point.switches) return false;
    const known = this.#leadsToTheEnd.get(key);
    if (known !== undefined) return known;
    const leads = covers(point.done, this.#all) || this.#from(point).some((further) => this.#isOnTheWay(further));
    this.#leadsToTheEnd.set(key, leads);
    return leads;
  }

  #answersOf(maker: number): readonly number[] {
    return tellingChoices(this.#run.answers.get(maker) ?? []);
  }
}

/**
 * What tells one record from another: whose step came next, and what was not answered as usual. In another order of the same
 * steps a question with the usual answer may not be asked: nobody asks for a fault when all have struck.
 */
export function tellingChoices(record: readonly Pick[]): readonly number[] {
  return record.filter(({ reason, chosen }) => reason === 'next' || chosen !== 0).map(({ chosen }) => chosen);
}

function keyOf({ done: { low, high }, last }: Point): string {
  return `${low},${high},${last}`;
}
