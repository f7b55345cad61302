/**
 * Another outside for a scenario: chance that always falls to one side, and another time of day.
 *
 * What a scenario draws from there shows at once when it runs again under it, however seldom it would show by itself. Only the
 * scenario sees it; whatever else runs in the process meanwhile sees the world as it is. Node's own ids and clocks are left
 * alone: they are different each time anyway.
 */

import { AsyncLocalStorage } from 'node:async_hooks';

import type { Surroundings } from '../course/lab.ts';

/** What a scenario is to see instead. */
export interface Outside {
  /** What `Math.random` gives. */
  readonly chance: number;
  /** How much later it is. */
  readonly laterMs: number;
}

/** Chance falls to its least and to its greatest number; it is a year later, and seventeen days and some minutes earlier. */
export const OTHER_OUTSIDES: readonly Outside[] = [
  { chance: 0, laterMs: 31_536_000_000 },
  { chance: 1 - 2 ** -53, laterMs: -1_470_123_456 },
];

const seen = new AsyncLocalStorage<Outside>();
/** How many are under way: the last one puts everything back. */
let installed = 0;
let restore: () => void = () => {};

/** As it is, some times over, for what is never twice the same; and each of the others. */
export const SURROUNDINGS: readonly Surroundings[] = [
  ...Array.from({ length: 8 }, (): Surroundings => (run) => run()),
  ...OTHER_OUTSIDES.map(
    (outside): Surroundings =>
      (run) =>
        under(outside, run),
  ),
];

/** Runs something, and all that comes of it, under another outside. */
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
