/** The stream that pushes back is a real one: what the page says of it is what it does. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { produce, type Waiting } from './pushing-back.ts';

/** Slower than any producer: the next turn of the event loop. */
const take = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a producer that is faster than its stream', () => {
  it('has all its records in memory if it does not heed the stream', async () => {
    await expect(produce({ records: 40, highWaterMark: 5, heeds: false, take })).resolves.toEqual({
      taken: 40,
      waiting: 0,
      mostWaiting: 40,
    });
  });

  it('never has more than the high-water mark if it pauses when the stream asks for it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (records, highWaterMark) => {
          const seen: Waiting[] = [];
          const end = await produce({ records, highWaterMark, heeds: true, take }, (now) => seen.push(now));
          expect(end).toEqual({ taken: records, waiting: 0, mostWaiting: Math.min(records, highWaterMark) });
          expect(Math.max(...seen.map(({ waiting }) => waiting))).toBe(end.mostWaiting);
        },
      ),
    );
  });
});
