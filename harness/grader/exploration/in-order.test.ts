/**
 * Work that is done concurrently gives the same results as work that is done in sequence.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTurnOfLoop } from '../../node/turns.ts';
import { resultsInOrder, resultsOneByOne } from './in-order.ts';

/** Resolves after `turns` turns of the event loop, or rejects when it is aborted. */
async function inTurns<Value>(turns: number, value: Value, signal: AbortSignal): Promise<Value> {
  for (let turn = 0; turn < turns; turn += 1) {
    await nextTurnOfLoop();
    signal.throwIfAborted();
  }
  if (value instanceof Error) throw value;
  return value;
}

describe('concurrent work', () => {
  it('gives the results up to the last that matters, whichever work is faster', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ turns: fc.nat(4), value: fc.nat(9) }), { maxLength: 8 }), async (works) => {
        const isLast = (value: number): boolean => value > 6;
        const values = works.map(({ value }) => value);
        const end = values.findIndex(isLast);
        const results = await resultsInOrder(
          works.map(
            ({ turns, value }) =>
              (signal) =>
                inTurns(turns, value, signal),
          ),
          isLast,
        );
        expect(results).toEqual(end < 0 ? values : values.slice(0, end + 1));
      }),
    );
  });

  it('fails with the first failure, and not with one that comes after the last that matters', async () => {
    const failing = [1, new Error('second'), new Error('third')];
    const works = (turns: readonly number[]) =>
      failing.map((value, at) => (signal: AbortSignal) => inTurns(turns[at] ?? 0, value, signal));
    await expect(resultsInOrder(works([0, 3, 0]), () => false)).rejects.toThrow('second');
    expect(await resultsInOrder(works([3, 0, 0]), (value) => value === 1)).toEqual([1]);
  });

  it('leaves no work running behind', async () => {
    let running = 0;
    const works = [1, 2, 3].map((value) => async (signal: AbortSignal) => {
      running += 1;
      return inTurns(value === 1 ? 0 : 50, value, signal).finally(() => {
        running -= 1;
      });
    });
    await resultsInOrder(works, () => true);
    expect(running).toBe(0);
  });

  it('is stopped by its caller', async () => {
    const stop = new AbortController();
    const working = resultsInOrder([(signal) => inTurns(50, 1, signal)], () => false, stop.signal);
    stop.abort();
    await expect(working).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('work in sequence', () => {
  it('gives the same results, and begins nothing behind the last that matters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 8 }), async (values) => {
        const isLast = (value: number): boolean => value > 6;
        let begun = 0;
        const works = values.map((value) => async (signal: AbortSignal) => {
          begun += 1;
          return inTurns(value % 3, value, signal);
        });
        const results = await resultsOneByOne(works, isLast);
        expect(begun).toBe(results.length);
        expect(results).toEqual(await resultsInOrder(works, isLast));
      }),
    );
  });

  it('begins nothing more once its caller stops it', async () => {
    const stop = new AbortController();
    const begun: number[] = [];
    const works = [1, 2, 3].map((value) => async () => {
      begun.push(value);
      if (value === 2) stop.abort();
    });
    await expect(resultsOneByOne(works, () => false, stop.signal)).rejects.toThrow('aborted');
    expect(begun).toEqual([1, 2]);
  });
});
