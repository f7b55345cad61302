/**
 * Orders are counted exactly, and where they are too many for that, never too high.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNumbers, OrderCounter, type Reasons } from './linear-extensions.ts';

/** Some steps, each after some of those before it; closed under itself. */
const reasons: fc.Arbitrary<Reasons> = fc
  .array(fc.array(fc.nat({ max: 8 }), { maxLength: 3 }), { maxLength: 8 })
  .map((steps) => {
    const after: Set<number>[] = [];
    for (const [step, before] of steps.entries()) {
      const direct = before.filter((other) => other < step);
      after.push(new Set([...direct, ...direct.flatMap((other) => [...(after[other] ?? [])])]));
    }
    return after;
  });

function oneByOne(after: Reasons, done: ReadonlySet<number> = new Set()): bigint {
  if (done.size === after.length) return 1n;
  let count = 0n;
  for (const [step, before] of after.entries()) {
    if (!done.has(step) && [...before].every((other) => done.has(other)))
      count += oneByOne(after, new Set([...done, step]));
  }
  return count;
}

/** Rows of steps that have nothing to do with each other. */
function rows(count: number, length: number): Reasons {
  return Array.from({ length: count * length }, (_, step) => {
    const place = Math.floor(step / count);
    return new Set(Array.from({ length: place }, (_, before) => before * count + (step % count)));
  });
}

/** A fence: each of the upper steps comes after two of the lower ones. */
function fence(posts: number): Reasons {
  return Array.from({ length: 2 * posts }, (_, step) => {
    const post = step - posts;
    return new Set(post < 0 ? [] : [post, (post + 1) % posts]);
  });
}

describe('the orders of a run', () => {
  it('are counted as if one by one', () => {
    fc.assert(
      fc.property(reasons, (after) => {
        expect(new OrderCounter().count(after)).toEqual({ count: oneByOne(after), atLeast: false });
      }),
    );
  });

  it('are never counted too high, and told to be at least so many, where there are too many sets of steps', () => {
    fc.assert(
      fc.property(reasons, fc.integer({ min: 1, max: 20 }), (after, mostSets) => {
        const all = oneByOne(after);
        const { count, atLeast } = new OrderCounter(mostSets).count(after);
        expect(count <= all && count >= 1n).toBe(true);
        expect(atLeast || count === all).toBe(true);
      }),
    );
  });

  it('of six rows of six strangers are 36!/(6!)^6, beyond what numbers hold', () => {
    expect(new OrderCounter().count(rows(6, 6))).toEqual({ count: 2_670_177_736_637_149_247_308_800n, atLeast: false });
  });

  it('of a fence with ten posts are counted through its sets of steps', () => {
    expect(new OrderCounter().count(fence(4))).toEqual({ count: oneByOne(fence(4)), atLeast: false });
    expect(new OrderCounter(100_000).count(fence(10)).atLeast).toBe(false);
  });

  it('of a fence with twenty posts are more than those of its halves', () => {
    const { count, atLeast } = new OrderCounter().count(fence(20));
    expect(atLeast).toBe(true);
    expect(count).toBeGreaterThan(10n ** 30n);
  });

  it('are told in numbers, rounded down beyond what numbers hold', () => {
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
