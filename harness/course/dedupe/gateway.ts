/**
 * The bank's debit gateway: a downstream of the harness that the handlers of task 1 call by `Invoke`.
 *
 * It is old and keeps no keys: every well-formed request takes money, even the second one for the same order. Two pure
 * functions over a ledger; each target stores the ledger its own way.
 */

import { defineDownstream } from '../kit/downstream.ts';

/** One line of the ledger: money that was taken. */
export interface Debit {
  readonly debitId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly atMs: number;
}

interface DebitBooks {
  /** The debits, in order. */
  readonly debits: readonly Debit[];
}

/** The gateway. The template passes its function name by the parameter `GatewayFunctionName`. */
export const gateway = defineDownstream<DebitBooks>({
  name: 'gateway',
  functionNameParameter: 'GatewayFunctionName',
  serviceTimeMs: 0,
  ledger: { debits: [] },
  enter(books, request, nowMs) {
    const asked = readRequest(request);
    if (asked === null)
      return { ledger: books, answer: { status: 400, message: 'A debit needs an orderId and an amount.' } };
    const { debits } = books;
    const debitId = `debit-${debits.length + 1}`;
    return { ledger: { debits: [...debits, { debitId, ...asked, atMs: nowMs }] }, answer: { status: 200, debitId } };
  },
  leave: (books) => ({ ledger: books, answer: { status: 500, message: 'The gateway has nothing to finish.' } }),
});

/** The order and the amount of a request; null if either is missing. */
export function readRequest(request: unknown): { readonly orderId: string; readonly amount: number } | null {
  if (typeof request !== 'object' || request === null) return null;
  const orderId: unknown = Reflect.get(request, 'orderId');
  const amount: unknown = Reflect.get(request, 'amount');
  return typeof orderId === 'string' && typeof amount === 'number' ? { orderId, amount } : null;
}
