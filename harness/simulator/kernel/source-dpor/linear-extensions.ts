/**
 * Counts the linear extensions of a happens-before relation: how many schedules are in the equivalence class of a run.
 *
 * The count is taken apart first. Parts that no pair relates are shuffled; parts of which one wholly happens before the other
 * are multiplied; what is neither is counted over its ideals (`linear-extensions-over-ideals.ts`). If these are too many, the
 * steps are cut in two halves, and only the extensions are counted in which one half comes before the other: a lower bound.
 */

import type { HappensBefore } from './happens-before.ts';
import { linearExtensionsOverIdeals } from './linear-extensions-over-ideals.ts';

export interface LinearExtensionCount {
  readonly count: bigint;
  /** The count is a lower bound. */
  readonly atLeast: boolean;
}

const ONE: LinearExtensionCount = { count: 1n, atLeast: false };

/** A part with more ideals than this is counted by halves. */
const MOST_IDEALS = 5_000;
/** At most this many different parts are remembered. */
const MOST_REMEMBERED = 5_000;

/** Counts, and remembers the count of each part: most runs of an exploration are made of parts that look alike. */
export class LinearExtensionCounter {
  readonly #known = new Map<string, LinearExtensionCount>();
  readonly #mostIdeals: number;

  constructor(mostIdeals = MOST_IDEALS) {
    this.#mostIdeals = mostIdeals;
  }

  count(happensBefore: HappensBefore): LinearExtensionCount {
    return this.#count(
      happensBefore.map((_, step) => step),
      happensBefore,
    );
  }

  /** Of some of the steps, which stand in an order that is one of the extensions. */
  #count(steps: readonly number[], happensBefore: HappensBefore): LinearExtensionCount {
    if (steps.length <= 1) return ONE;
    const parallel = parallelParts(steps, happensBefore);
    if (parallel.length > 1) {
      const each = parallel.map((part) => this.#count(part, happensBefore));
      return product([...each, { count: shuffles(parallel.map(({ length }) => length)), atLeast: false }]);
    }
    const series = seriesParts(steps, happensBefore);
    if (series.length > 1) return product(series.map((part) => this.#count(part, happensBefore)));
    return this.#countIndivisible(steps, happensBefore);
  }

  #countIndivisible(steps: readonly number[], happensBefore: HappensBefore): LinearExtensionCount {
    const predecessors = steps.map((step) =>
      steps.flatMap((other, at) => (happensBefore[step]?.has(other) === true ? [at] : [])),
    );
    const name = JSON.stringify(predecessors);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const exact = linearExtensionsOverIdeals(predecessors, this.#mostIdeals);
    const counted = exact === null ? this.#countHalves(steps, happensBefore) : { count: exact, atLeast: false };
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(name, counted);
    return counted;
  }

  #countHalves(steps: readonly number[], happensBefore: HappensBefore): LinearExtensionCount {
    const middle = steps.length >> 1;
    const halves = [steps.slice(0, middle), steps.slice(middle)];
    const { count } = product(halves.map((half) => this.#count(half, happensBefore)));
    return { count, atLeast: true };
  }
}

/** A count as a number. Beyond what a number holds exactly, its first two digits are kept, and it is «at least» those. */
export function inNumbers({ count, atLeast }: LinearExtensionCount): {
  readonly orders: number;
  readonly atLeast: boolean;
} {
  if (count <= BigInt(Number.MAX_SAFE_INTEGER)) return { orders: Number(count), atLeast };
  const digits = String(count);
  return { orders: Number(`${digits.slice(0, 2)}e${digits.length - 2}`), atLeast: true };
}

function product(counts: readonly LinearExtensionCount[]): LinearExtensionCount {
  return {
    count: counts.reduce((all, { count }) => all * count, 1n),
    atLeast: counts.some(({ atLeast }) => atLeast),
  };
}

/** The number of ways to shuffle sequences of these lengths into one: a multinomial coefficient. */
function shuffles(lengths: readonly number[]): bigint {
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

/** Parts between which no step happens before another: the connected components of the relation. */
function parallelParts(steps: readonly number[], happensBefore: HappensBefore): readonly (readonly number[])[] {
  let parts: number[][] = [];
  for (const step of steps) {
    const predecessors = happensBefore[step];
    const isBefore = (other: number): boolean => predecessors?.has(other) === true;
    const related = parts.filter((part) => part.some(isBefore));
    if (related.length === 1) related[0]?.push(step);
    else parts = [...parts.filter((part) => !related.includes(part)), [...related.flat(), step].sort((a, b) => a - b)];
  }
  return parts;
}

/** Parts of which every step happens before every step of the next part. */
function seriesParts(steps: readonly number[], happensBefore: HappensBefore): readonly (readonly number[])[] {
  const parts: number[][] = [];
  let part: number[] = [];
  // The first `common` steps happen before each of the steps that have been looked at, from the last one on.
  let common = steps.length;
  const cuts = new Set<number>();
  for (let at = steps.length - 1; at > 0; at -= 1) {
    const predecessors = happensBefore[steps[at] as number];
    const first = steps.findIndex((other) => predecessors?.has(other) !== true);
    common = Math.min(common, first);
    if (common >= at) cuts.add(at);
  }
  for (const [at, step] of steps.entries()) {
    if (cuts.has(at)) {
      parts.push(part);
      part = [];
    }
    part.push(step);
  }
  return [...parts, part];
}
