/**
 * In how many orders the steps of a run could have come without changing what happened: the number of linear extensions of
 * «comes before for a reason».
 *
 * Parts that have nothing to do with each other, and parts of which one comes wholly before the other, are counted apart; what
 * can't be taken apart is counted over the sets of steps that can be done first. Where these are too many, orders are counted
 * in which one half of the steps comes before the other: fewer than there are, never more.
 */

import { waysThroughSets } from './linear-extensions-over-ideals.ts';

export interface Orders {
  readonly count: bigint;
  /** There are more, but not all were counted. */
  readonly atLeast: boolean;
}

/** `after[j]`: the steps that come before step j for a reason, closed under itself. */
export type Reasons = readonly ReadonlySet<number>[];

const ONE: Orders = { count: 1n, atLeast: false };

/** Sets of steps that are looked at before a part is counted by halves. */
const MOST_SETS = 5_000;
/** So many different parts are remembered. */
const MOST_REMEMBERED = 5_000;

/** Counts orders, and remembers parts that look alike: most runs of an exploration are made of them. */
export class OrderCounter {
  readonly #known = new Map<string, Orders>();
  readonly #mostSets: number;

  constructor(mostSets = MOST_SETS) {
    this.#mostSets = mostSets;
  }

  count(after: Reasons): Orders {
    return this.#count(
      after.map((_, step) => step),
      after,
    );
  }

  /** `steps` stand in an order in which they could come. */
  #count(steps: readonly number[], after: Reasons): Orders {
    if (steps.length <= 1) return ONE;
    const apart = strangers(steps, after);
    if (apart.length > 1) {
      const each = apart.map((part) => this.#count(part, after));
      return product([...each, { count: mixed(apart.map(({ length }) => length)), atLeast: false }]);
    }
    const levels = oneAfterTheOther(steps, after);
    if (levels.length > 1) return product(levels.map((level) => this.#count(level, after)));
    return this.#countWhole(steps, after);
  }

  #countWhole(steps: readonly number[], after: Reasons): Orders {
    const needs = steps.map((step) => steps.flatMap((other, at) => (after[step]?.has(other) === true ? [at] : [])));
    const name = JSON.stringify(needs);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const exact = waysThroughSets(needs, this.#mostSets);
    const orders = exact === null ? this.#byHalves(steps, after) : { count: exact, atLeast: false };
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(name, orders);
    return orders;
  }

  #byHalves(steps: readonly number[], after: Reasons): Orders {
    const middle = steps.length >> 1;
    const { count } = product([this.#count(steps.slice(0, middle), after), this.#count(steps.slice(middle), after)]);
    return { count, atLeast: true };
  }
}

/** A count that can be told as a number: beyond what numbers hold, its first digits are kept and it is «at least» those. */
export function inNumbers({ count, atLeast }: Orders): { readonly orders: number; readonly atLeast: boolean } {
  if (count <= BigInt(Number.MAX_SAFE_INTEGER)) return { orders: Number(count), atLeast };
  const digits = String(count);
  return { orders: Number(`${digits.slice(0, 2)}e${digits.length - 2}`), atLeast: true };
}

function product(orders: readonly Orders[]): Orders {
  return {
    count: orders.reduce((all, { count }) => all * count, 1n),
    atLeast: orders.some(({ atLeast }) => atLeast),
  };
}

/** In how many ways rows of these lengths can be mixed into one. */
function mixed(lengths: readonly number[]): bigint {
  let count = 1n;
  let all = 0;
  for (const length of lengths) {
    for (let place = 1; place <= length; place += 1) {
      all += 1;
      count = (count * BigInt(all)) / BigInt(place);
    }
  }
  return count;
}

/** Parts of which no step comes before or after a step of another. */
function strangers(steps: readonly number[], after: Reasons): readonly (readonly number[])[] {
  let parts: number[][] = [];
  for (const step of steps) {
    const reasons = after[step];
    const isBefore = (other: number): boolean => reasons?.has(other) === true;
    const related = parts.filter((part) => part.some(isBefore));
    if (related.length === 1) related[0]?.push(step);
    else parts = [...parts.filter((part) => !related.includes(part)), [...related.flat(), step].sort((a, b) => a - b)];
  }
  return parts;
}

/** Parts of which each comes wholly before the next. */
function oneAfterTheOther(steps: readonly number[], after: Reasons): readonly (readonly number[])[] {
  const levels: number[][] = [];
  let level: number[] = [];
  // So many of the first steps come before each of those that stand further behind.
  let common = steps.length;
  const cuts = new Set<number>();
  for (let at = steps.length - 1; at > 0; at -= 1) {
    const reasons = after[steps[at] as number];
    const first = steps.findIndex((other) => reasons?.has(other) !== true);
    common = Math.min(common, first);
    if (common >= at) cuts.add(at);
  }
  for (const [at, step] of steps.entries()) {
    if (cuts.has(at)) {
      levels.push(level);
      level = [];
    }
    level.push(step);
  }
  return [...levels, level];
}
