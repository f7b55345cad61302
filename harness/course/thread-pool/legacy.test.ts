/** The legacy system: what it books, what it refuses, and what it makes of a key that it knows. */

import { describe, expect, it } from 'vitest';
import type { Ledger } from '../lab.ts';
import { isBookable, legacy, MOST_BOOKABLE } from './legacy.ts';
import { change } from './scenarios/shop.ts';

const keyed = (key: string, more = {}) => ({ ...change('o-17'), key, ...more });

/** Sends a request and lets it finish. */
function ask(ledger: Ledger, request: unknown): { ledger: Ledger; answer: unknown } {
  const entered = legacy.enter(ledger, request, 0);
  return 'pending' in entered ? legacy.leave(entered.ledger, entered.pending, 0) : entered;
}

describe('legacy', () => {
  it('books each request that has no key, and gives each line a reference of its own', () => {
    const first = ask(legacy.ledger, change('o-17'));
    const second = ask(first.ledger, change('o-17'));
    expect([first.answer, second.answer]).toEqual([
      { status: 200, reference: 'L-1' },
      { status: 200, reference: 'L-2' },
    ]);
    expect(legacy.booksIn(second.ledger).bookings).toEqual([
      { ...change('o-17'), key: null, reference: 'L-1' },
      { ...change('o-17'), key: null, reference: 'L-2' },
    ]);
  });

  it('answers a key that it knows as it did before, and books nothing again', () => {
    const first = ask(legacy.ledger, keyed('k'));
    const second = ask(first.ledger, keyed('k', { version: 2 }));
    expect(second.answer).toEqual(first.answer);
    expect(legacy.booksIn(second.ledger).bookings).toHaveLength(1);
    expect(legacy.booksIn(ask(first.ledger, keyed('other')).ledger).bookings).toHaveLength(2);
  });

  it('books once what two requests with one key ask for at the same moment', () => {
    const one = legacy.enter(legacy.ledger, keyed('k'), 0);
    const two = legacy.enter(one.ledger, keyed('k'), 0);
    if (!('pending' in one && 'pending' in two)) throw new Error('both are worked on');
    const left = legacy.leave(two.ledger, two.pending, 0);
    const last = legacy.leave(left.ledger, one.pending, 0);
    expect(last.answer).toEqual({ status: 200, reference: 'L-1' });
    expect(last.ledger).toMatchObject({ bookings: [{ reference: 'L-1' }], working: [], requests: 2 });
  });

  it('books amounts of six digits, and no greater ones', () => {
    expect(isBookable({ amount: MOST_BOOKABLE }) && isBookable({ amount: 0 })).toBe(true);
    const { answer, ledger } = ask(legacy.ledger, change('o-17', 1, { amount: MOST_BOOKABLE + 1 }));
    expect(answer).toEqual({ status: 422, message: 'The amount 1000000 has more than six digits.' });
    expect(legacy.booksIn(ledger)).toMatchObject({ bookings: [], working: [], requests: 1 });
  });

  it('refuses what is no change of an order', () => {
    for (const request of [null, 'o-17', {}, { ...change('o-17'), version: '1' }, { ...change('o-17'), customer: 4 }]) {
      expect(ask(legacy.ledger, request).answer).toMatchObject({ status: 400 });
    }
  });
});
