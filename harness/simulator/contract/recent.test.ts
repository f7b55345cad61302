/** What is remembered for some minutes is there so long, and costs and takes up as much as what is remembered, however long a run is. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cloneRecent, newRecent, recalled, rememberRecent } from './recent.ts';

const FOR_MS = 5_000;

it('is recalled for as long as it is remembered, and no moment longer', () => {
  const recent = newRecent<{ readonly atMs: number }>();
  rememberRecent(recent, 'a', { atMs: 10 }, FOR_MS);
  expect(recalled(recent, 'a', 10 + FOR_MS - 1, FOR_MS)).toEqual({ atMs: 10 });
  expect(recalled(recent, 'a', 10 + FOR_MS, FOR_MS)).toBeNull();
  expect(recalled(recent, 'b', 10, FOR_MS)).toBeNull();
});

it('is the same after any number of others', () => {
  const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(3_000)), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (all) => {
      const recent = newRecent<{ readonly atMs: number }>();
      recent.forgetsAt = 3;
      const model = new Map<string, number>();
      let nowMs = 0;
      for (const [key, afterMs] of all) {
        nowMs += afterMs;
        const last = model.get(`${key}`);
        const known = last !== undefined && nowMs - last < FOR_MS;
        expect(recalled(recent, `${key}`, nowMs, FOR_MS) !== null).toBe(known);
        if (known) continue;
        model.set(`${key}`, nowMs);
        rememberRecent(recent, `${key}`, { atMs: nowMs }, FOR_MS);
      }
    }),
  );
});

it('is looked at a few times only, and takes up little more than what is remembered', () => {
  let looks = 0;
  const recent = newRecent<{ readonly atMs: number }>();
  const EVENTS = 100_000;
  let most = 0;
  for (let nowMs = 0; nowMs < EVENTS; nowMs += 1) {
    const value = {
      get atMs() {
        looks += 1;
        return nowMs;
      },
    };
    rememberRecent(recent, `${nowMs}`, value, FOR_MS);
    most = Math.max(most, recent.byKey.size);
  }
  expect(looks).toBeLessThan(5 * EVENTS);
  expect(most).toBeLessThanOrEqual(2 * FOR_MS + 1);
});

it('is apart from its copy', () => {
  const recent = newRecent<{ readonly atMs: number }>();
  const copy = cloneRecent(recent);
  rememberRecent(recent, 'a', { atMs: 0 }, FOR_MS);
  expect(recalled(copy, 'a', 0, FOR_MS)).toBeNull();
});
