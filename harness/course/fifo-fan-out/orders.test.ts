/** The model: what the rows of an outbox make of orders, at each consumer. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachOnce, isSameEvent, isUsable, MOST_BOOKABLE, type OutboxRow, orderEventIn, ordersDue } from './orders.ts';
import { row } from './scenarios/shop.ts';

const broken: OutboxRow = { id: 'e-9', event: { orderId: 'o-17', customer: 'c-4', sku: 'mug' } };

describe('an order', () => {
  it('has its events in the order of the rows, each once', () => {
    const rows = [row('e-1', 'o-17', 3), row('e-2', 'o-18', 1), row('e-1', 'o-17', 3), row('e-3', 'o-17', 3)];
    expect(ordersDue(rows, 'bill')).toEqual([
      { orderId: 'o-17', usable: [rows[0]?.event, rows[3]?.event], poison: [], before: 2 },
      { orderId: 'o-18', usable: [rows[1]?.event], poison: [], before: 1 },
    ]);
  });

  it('says what comes before the first event that can’t be applied, at the consumer that can’t', () => {
    const rows = [row('e-1', 'o-17', 3), row('e-2', 'o-17', 1_000), broken, row('e-3', 'o-17', 1)];
    expect(ordersDue(rows, 'stock')).toMatchObject([{ poison: [{ id: 'e-2' }, { id: 'e-9' }], before: 1 }]);
    expect(ordersDue(rows, 'bill')).toMatchObject([{ poison: [{ id: 'e-9' }], before: 2 }]);
  });

  const anyRow = fc
    .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), quantity: fc.integer({ min: -3, max: 3 }) })
    .map(({ id, quantity }) => row(id, id < 'c' ? 'o-1' : 'o-2', quantity));

  it('is the same whatever is handed over again', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        expect(ordersDue([...rows, ...rows], 'stock')).toEqual(ordersDue(rows, 'stock'));
        expect(eachOnce(rows).length).toBe(new Set(rows.map(({ id }) => id)).size);
      }),
    );
  });
});

describe('legacy', () => {
  it('can write down three digits and eight letters, and billing more', () => {
    const { quantity, letters } = MOST_BOOKABLE;
    const sku = 'x'.repeat(letters);
    expect(isUsable(row('e', 'o', -quantity, { sku }), 'stock')).toBe(true);
    expect(isUsable(row('e', 'o', quantity + 1, { sku }), 'stock')).toBe(false);
    expect(isUsable(row('e', 'o', -quantity - 1), 'stock')).toBe(false);
    expect(isUsable(row('e', 'o', 1, { sku: `${sku}x` }), 'stock')).toBe(false);
    expect(isUsable(row('e', 'o', quantity + 1, { sku: `${sku}x` }), 'bill')).toBe(true);
  });

  it('and billing can use nothing that is no event', () => {
    expect(isUsable(broken, 'bill') || isUsable(broken, 'stock')).toBe(false);
    for (const told of [null, 'o-17', {}, { ...broken.event, quantity: 1.5 }, { ...broken.event, quantity: '2' }])
      expect(orderEventIn(told)).toBeNull();
  });

  it('tells events apart by all that they say', () => {
    const event = { orderId: 'o-1', customer: 'c-1', sku: 'mug', quantity: 1 };
    expect(isSameEvent(event, { ...event })).toBe(true);
    for (const other of [{ orderId: 'o-2' }, { customer: 'c-2' }, { sku: 'cup' }, { quantity: 2 }])
      expect(isSameEvent(event, { ...event, ...other })).toBe(false);
  });
});
