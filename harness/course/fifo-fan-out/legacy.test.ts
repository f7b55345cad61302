/** The legacy system of the warehouse: what it writes down, what it refuses, and what it makes of a key that it knows. */

import { describe, expect, it } from 'vitest';
import type { Ledger } from '../lab.ts';
import { SERVICE_TIME_MS, stockLegacy } from './legacy.ts';

const event = { orderId: 'o-17', customer: 'c-4', sku: 'mug', quantity: 3 };

/** Sends a request and lets it finish. */
function ask(ledger: Ledger, request: unknown): { ledger: Ledger; answer: unknown } {
  const entered = stockLegacy.enter(ledger, request, 0);
  return 'pending' in entered ? stockLegacy.leave(entered.ledger, entered.pending, 0) : entered;
}

const linesAfter = (...requests: readonly unknown[]) =>
  stockLegacy.booksIn(requests.reduce((ledger: Ledger, one) => ask(ledger, one).ledger, stockLegacy.ledger)).lines;

describe('legacy', () => {
  it('writes a line for each request without a key', () => {
    expect(linesAfter(event, event)).toEqual([
      { ...event, key: null },
      { ...event, key: null },
    ]);
    expect(linesAfter({ ...event, key: '' }, { ...event, key: '' })).toHaveLength(2);
  });

  it('writes one line for each key, also if two requests come at the same moment', () => {
    expect(linesAfter({ ...event, key: 'k' }, { ...event, quantity: 9, key: 'k' })).toEqual([{ ...event, key: 'k' }]);
    const one = stockLegacy.enter(stockLegacy.ledger, { ...event, key: 'k' }, 0);
    const two = stockLegacy.enter(one.ledger, { ...event, key: 'k' }, 0);
    if (!('pending' in one && 'pending' in two)) throw new Error('both are worked on');
    const last = stockLegacy.leave(stockLegacy.leave(two.ledger, two.pending, 0).ledger, one.pending, 0);
    expect(last.answer).toEqual({ status: 200 });
    expect(last.ledger).toMatchObject({ lines: [{ key: 'k' }], working: [], requests: 2 });
  });

  it('refuses for good what it can’t write down, and what is no line', () => {
    expect(ask(stockLegacy.ledger, { ...event, quantity: 1_000 }).answer).toMatchObject({ status: 422 });
    expect(ask(stockLegacy.ledger, { ...event, sku: 'teaspoons' }).answer).toMatchObject({ status: 422 });
    for (const request of [null, 'o-17', {}, { ...event, quantity: '3' }])
      expect(ask(stockLegacy.ledger, request).answer).toMatchObject({ status: 400 });
    expect(linesAfter({ ...event, quantity: 1_000 })).toEqual([]);
  });

  it('needs so long that two events fit into its callers’ six seconds, and three don’t', () => {
    expect(2 * SERVICE_TIME_MS).toBeLessThan(6_000);
    expect(3 * SERVICE_TIME_MS).toBeGreaterThan(6_000);
  });
});
