/**
 * Another outside for a scenario: `Math.random` always returns the same extreme number, and the time of day is another one.
 *
 * If a scenario depends on them, that shows at once when it runs again under it, however rarely it would show by itself. Only
 * the scenario sees this outside; other code in the process sees the real one meanwhile. Node's own ids and clocks stay as they
 * are, because they differ each time anyway.
 */

import { AsyncLocalStorage } from 'node:async_hooks';

import type { Surroundings } from '../course/lab.ts';

/** What a scenario sees in place of the real outside. */
export interface Outside {
  /** What `Math.random` returns. */
  readonly chance: number;
  /** How far the time of day is shifted, in milliseconds. */
  readonly laterMs: number;
}

/** The smallest and the greatest random number; a year later, and seventeen days and some minutes earlier. */
export const OTHER_OUTSIDES: readonly Outside[] = [
  { chance: 0, laterMs: 31_536_000_000 },
  { chance: 1 - 2 ** -53, laterMs: -1_470_123_456 },
];

const seen = new AsyncLocalStorage<Outside>();
/** How many are active. The last one to end restores everything. */
let installed = 0;
let restore: () => void = () => {};

/** The real outside several times, for what is never the same twice; and each of the others. */
export const SURROUNDINGS: readonly Surroundings[] = [
  ...Array.from({ length: 8 }, (): Surroundings => (run) => run()),
  ...OTHER_OUTSIDES.map(
    (outside): Surroundings =>
      (run) =>
        under(outside, run),
  ),
];

/** Runs a function, with everything that it starts, under another outside. */
export async function under<Result>(outside: Outside, run: () => Promise<Result>): Promise<Result> {
  if (installed === 0) restore = install();
  installed += 1;
  try {
    return await seen.run(outside, run);
  } finally {
    installed -= 1;
    if (installed === 0) restore();
  }
}

function install(): () => void {
  const { random } = Math;
  const RealDate = Date;
  const realNow = RealDate.now;
  const performanceNow = performance.now;
  const ownNow = Object.getOwnPropertyDescriptor(performance, 'now');
  const laterMs = (): number => seen.getStore()?.laterMs ?? 0;
  Math.random = () => seen.getStore()?.chance ?? random();
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [realNow() + laterMs()] : args, newTarget) as Date,
    apply: (target) => new target(realNow() + laterMs()).toString(),
    get: (target, key, receiver) => (key === 'now' ? () => realNow() + laterMs() : Reflect.get(target, key, receiver)),
  });
  performance.now = () => performanceNow.call(performance) + laterMs();
  return () => {
    Math.random = random;
    globalThis.Date = RealDate;
    if (ownNow === undefined) Reflect.deleteProperty(performance, 'now');
    else Object.defineProperty(performance, 'now', ownNow);
  };
}
