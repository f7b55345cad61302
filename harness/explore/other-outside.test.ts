/** Only the function that runs under another outside sees it. */

import { expect, it } from 'vitest';
import { nextTurnOfLoop } from '../node/turns.ts';
import { OTHER_OUTSIDES, under } from './other-outside.ts';

const look = () => ({
  random: Math.random(),
  year: new Date().getFullYear(),
  now: Date.now(),
  fine: performance.now(),
});

it('changes chance and time for the function that runs under it, also after it has waited', async () => {
  const year = new Date().getFullYear();
  const [later] = OTHER_OUTSIDES;
  if (later === undefined) throw new Error('there is no other outside');
  const seen = await under(later, async () => {
    await nextTurnOfLoop();
    return look();
  });
  expect(seen).toMatchObject({ random: 0, year: year + 1 });
  expect(seen.now - Date.now()).toBeGreaterThan(30_000_000_000);
  expect(seen.fine - performance.now()).toBeGreaterThan(30_000_000_000);
});

it('does not affect other code, and leaves everything as it was', async () => {
  const before = [Math.random, Date, performance.now];
  const year = new Date().getFullYear();
  const beside: ReturnType<typeof look>[] = [];
  const timer = setImmediate(() => beside.push(look()));
  await Promise.all(
    OTHER_OUTSIDES.map((outside) =>
      under(outside, async () => {
        await nextTurnOfLoop();
        expect(look().random).toBe(outside.chance);
        await nextTurnOfLoop();
      }),
    ),
  );
  clearImmediate(timer);
  expect(beside).toHaveLength(1);
  expect(beside[0]?.year).toBe(year);
  expect(beside[0]?.random).toBeGreaterThan(0);
  expect([Math.random, Date, performance.now]).toEqual(before);
});

it('ends when the function under it throws', async () => {
  const before = Math.random;
  const [later] = OTHER_OUTSIDES;
  if (later === undefined) throw new Error('there is no other outside');
  await expect(under(later, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(Math.random).toBe(before);
});

it('makes dates that are valid', async () => {
  const [later] = OTHER_OUTSIDES;
  if (later === undefined) throw new Error('there is no other outside');
  await under(later, async () => {
    expect(new Date()).toBeInstanceOf(Date);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(Date.UTC(1970, 0)).toBe(0);
    expect(typeof Date()).toBe('string');
  });
});
