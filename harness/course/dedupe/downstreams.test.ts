import { describe, expect, it } from 'vitest';
import type { Ledger } from '../lab.ts';
import { chargeApi, KEY_KNOWN_MS } from './charge-api.ts';
import { gateway } from './gateway.ts';

const order = { orderId: 'o-17', amount: 4_200 };
const keyed = { ...order, key: 'o-17' };

/** Sends a request to the charge API and lets it finish. */
function charge(ledger: Ledger, request: unknown, nowMs = 0): { ledger: Ledger; answer: unknown } {
  const entered = chargeApi.enter(ledger, request, nowMs);
  return 'pending' in entered ? chargeApi.leave(entered.ledger, entered.pending, nowMs) : entered;
}

describe('the debit gateway', () => {
  it('takes money for every request, even for the second one of an order', () => {
    const first = gateway.enter(gateway.ledger, order, 0);
    const second = gateway.enter(first.ledger, order, 5);
    expect(gateway.booksIn(second.ledger).debits.map(({ debitId, orderId, atMs }) => [debitId, orderId, atMs])).toEqual(
      [
        ['debit-1', 'o-17', 0],
        ['debit-2', 'o-17', 5],
      ],
    );
    expect(second).toMatchObject({ answer: { status: 200, debitId: 'debit-2' } });
  });

  it('takes nothing for a request without order or amount', () => {
    for (const request of [null, 'o-17', {}, { orderId: 'o-17' }, { amount: 3 }]) {
      expect(gateway.enter(gateway.ledger, request, 0)).toMatchObject({
        ledger: gateway.ledger,
        answer: { status: 400 },
      });
    }
  });
});

describe('the charge API', () => {
  it('charges each request that has no key', () => {
    const { ledger } = charge(charge(chargeApi.ledger, order).ledger, order);
    expect(chargeApi.booksIn(ledger).charges).toHaveLength(2);
  });

  it('gives the first answer again to a known key, and charges nothing', () => {
    const first = charge(chargeApi.ledger, keyed);
    const second = charge(first.ledger, keyed, 1_000);
    expect(second.answer).toEqual(first.answer);
    expect(chargeApi.booksIn(second.ledger).charges).toHaveLength(1);
    expect(chargeApi.booksIn(second.ledger).requests.map(({ outcome }) => outcome)).toEqual(['charged', 'replayed']);
  });

  it('answers 409 while a key is being processed', () => {
    const entered = chargeApi.enter(chargeApi.ledger, keyed, 0);
    const again = chargeApi.enter(entered.ledger, keyed, 10);
    expect(again).toMatchObject({ answer: { status: 409 } });
    expect(chargeApi.booksIn(again.ledger).requests.map(({ outcome }) => outcome)).toEqual(['charged', 'in-flight']);
  });

  it('forgets a key ten minutes after its answer, and then charges again', () => {
    const first = charge(chargeApi.ledger, keyed, 0);
    expect(chargeApi.booksIn(charge(first.ledger, keyed, KEY_KNOWN_MS - 1).ledger).charges).toHaveLength(1);
    expect(chargeApi.booksIn(charge(first.ledger, keyed, KEY_KNOWN_MS).ledger).charges).toHaveLength(2);
  });

  it('keeps keys apart, and refuses another amount for the same key', () => {
    const first = charge(chargeApi.ledger, keyed);
    expect(charge(first.ledger, { ...keyed, key: 'o-18' }).answer).toMatchObject({ status: 200, chargeId: 'charge-2' });
    expect(charge(first.ledger, { ...keyed, amount: 1 }).answer).toMatchObject({ status: 422 });
  });

  it('changes no ledger in place, and keeps it plain data', () => {
    const before = JSON.stringify(chargeApi.ledger);
    const { ledger } = charge(chargeApi.ledger, keyed);
    expect(JSON.stringify(chargeApi.ledger)).toBe(before);
    expect(JSON.parse(JSON.stringify(ledger))).toEqual(ledger);
  });

  it('refuses what it can not read, and what it never began', () => {
    expect(chargeApi.enter(chargeApi.ledger, 7, 0)).toMatchObject({ answer: { status: 400 } });
    expect(chargeApi.leave(chargeApi.ledger, 'nothing', 0)).toMatchObject({ answer: { status: 500 } });
  });
});
