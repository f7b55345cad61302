/**
 * Linear extensions are counted exactly, and where they are too many for that, never too high.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HappensBefore } from './happens-before.ts';
import { inNumbers, LinearExtensionCounter } from './linear-extensions.ts';

/** A random relation on a few steps, transitively closed. */
const relations: fc.Arbitrary<HappensBefore> = fc
  .array(fc.array(fc.nat({ max: 8 }), { maxLength: 3 }), { maxLength: 8 })
  .map((steps) => {
    const happensBefore: Set<number>[] = [];
    for (const [step, before] of steps.entries()) {
      const direct = before.filter((other) => other < step);
      happensBefore.push(new Set([...direct, ...direct.flatMap((other) => [...(happensBefore[other] ?? [])])]));
    }
    return happensBefore;
  });

function oneByOne(happensBefore: HappensBefore, done: ReadonlySet<number> = new Set()): bigint {
  if (done.size === happensBefore.length) return 1n;
  let count = 0n;
  for (const [step, before] of happensBefore.entries()) {
    if (!done.has(step) && [...before].every((other) => done.has(other)))
      count += oneByOne(happensBefore, new Set([...done, step]));
  }
  return count;
}

/** Chains of steps that no pair relates. */
function chains(count: number, length: number): HappensBefore {
  return Array.from({ length: count * length }, (_, step) => {
    const place = Math.floor(step / count);
    return new Set(Array.from({ length: place }, (_, before) => before * count + (step % count)));
  });
}

/** A fence: two of the lower steps come before each of the upper ones. */
function fence(posts: number): HappensBefore {
  return Array.from({ length: 2 * posts }, (_, step) => {
    const post = step - posts;
    return new Set(post < 0 ? [] : [post, (post + 1) % posts]);
  });
}

describe('the linear extensions of a run', () => {
  it('are counted as if one by one', () => {
    fc.assert(
      fc.property(relations, (happensBefore) => {
        expect(new LinearExtensionCounter().count(happensBefore)).toEqual({
          count: oneByOne(happensBefore),
          atLeast: false,
        });
      }),
    );
  });

  it('are never counted too high, and called a lower bound, where there are too many ideals', () => {
    fc.assert(
      fc.property(relations, fc.integer({ min: 1, max: 20 }), (happensBefore, mostIdeals) => {
        const all = oneByOne(happensBefore);
        const { count, atLeast } = new LinearExtensionCounter(mostIdeals).count(happensBefore);
        expect(count <= all && count >= 1n).toBe(true);
        expect(atLeast || count === all).toBe(true);
      }),
    );
  });

  it('of six chains of six steps are 36!/(6!)^6, beyond what numbers hold', () => {
    expect(new LinearExtensionCounter().count(chains(6, 6))).toEqual({
      count: 2_670_177_736_637_149_247_308_800n,
      atLeast: false,
    });
  });

  it('of a fence with ten posts are counted over its ideals', () => {
    expect(new LinearExtensionCounter().count(fence(4))).toEqual({ count: oneByOne(fence(4)), atLeast: false });
    expect(new LinearExtensionCounter(100_000).count(fence(10)).atLeast).toBe(false);
  });

  it('of a fence with twenty posts are more than those of its halves', () => {
    const { count, atLeast } = new LinearExtensionCounter().count(fence(20));
    expect(atLeast).toBe(true);
    expect(count).toBeGreaterThan(10n ** 30n);
  });

  it('are given as numbers, rounded down beyond what numbers hold', () => {
    expect(inNumbers({ count: 90n, atLeast: false })).toEqual({ orders: 90, atLeast: false });
    expect(inNumbers({ count: 90n, atLeast: true })).toEqual({ orders: 90, atLeast: true });
    expect(inNumbers({ count: 9_007_199_254_740_991n, atLeast: false }).atLeast).toBe(false);
    expect(inNumbers({ count: 9_007_199_254_740_993n, atLeast: false })).toEqual({ orders: 9e15, atLeast: true });
    expect(inNumbers({ count: 2_670_177_736_637_149_247_308_800n, atLeast: false })).toEqual({
      orders: 2.6e24,
      atLeast: true,
    });
  });
});
