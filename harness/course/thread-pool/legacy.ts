/**
 * The legacy system: a downstream of the harness that the lab's function calls by `Invoke`.
 *
 * It keeps a journal with a line for each state of an order that it is told, and knows the key of each line: a request with a known key
 * gets the first answer again and writes nothing. Its amounts have six digits, so it can't book a greater one. How many requests it takes at
 * once is no matter of its ledger: the checks count them in the trace.
 */

import { defineDownstream } from '../kit/downstream.ts';

/** One state of an order, as the shop tells it. */
export interface OrderState {
  readonly orderId: string;
  /** Counts the states of an order; the greatest is the newest. */
  readonly version: number;
  readonly customer: string;
  /** In cents. */
  readonly amount: number;
}

/** One line of the journal. */
export interface Booking extends OrderState {
  readonly reference: string;
  readonly key: string | null;
}

interface Working extends OrderState {
  readonly id: string;
  readonly key: string | null;
}

interface Journal {
  /** The lines, in the order in which they were written. */
  readonly bookings: readonly Booking[];
  readonly working: readonly Working[];
  /** Requests so far, refused ones included. */
  readonly requests: number;
}

/** The greatest amount that legacy can book. */
export const MOST_BOOKABLE = 999_999;

export const legacy = defineDownstream<Journal>({
  name: 'legacy',
  functionNameParameter: 'LegacyFunctionName',
  // Shorter than the ten seconds that its callers wait.
  serviceTimeMs: 800,
  refusal: { status: 503, message: 'No time. Ask again later.' },
  ledger: { bookings: [], working: [], requests: 0 },
  enter(journal, request) {
    const requests = journal.requests + 1;
    const change = changeIn(request);
    if (change === null) {
      const message = 'A booking has an orderId, a version, a customer and an amount.';
      return { ledger: { ...journal, requests }, answer: { status: 400, message } };
    }
    if (!isBookable(change)) {
      const message = `The amount ${change.amount} has more than six digits.`;
      return { ledger: { ...journal, requests }, answer: { status: 422, message } };
    }
    const id = `request-${requests}`;
    const working = [...journal.working, { id, key: keyOf(request), ...change }];
    return { ledger: { ...journal, requests, working }, pending: id };
  },
  leave(journal, pending) {
    const work = journal.working.find(({ id }) => id === pending);
    if (work === undefined) return { ledger: journal, answer: { status: 500, message: 'This request is not known.' } };
    const { id: _, ...line } = work;
    const working = journal.working.filter((it) => it !== work);
    const known = line.key === null ? undefined : journal.bookings.find(({ key }) => key === line.key);
    if (known !== undefined) {
      return { ledger: { ...journal, working }, answer: { status: 200, reference: known.reference } };
    }
    const reference = `L-${journal.bookings.length + 1}`;
    const bookings = [...journal.bookings, { reference, ...line }];
    return { ledger: { ...journal, bookings, working }, answer: { status: 200, reference } };
  },
});

/** Whether legacy can book it, now or ever. */
export function isBookable({ amount }: Pick<OrderState, 'amount'>): boolean {
  return Math.abs(amount) <= MOST_BOOKABLE;
}

/** The change that an object tells, without anything else in it; null if a part is missing or of another type. */
export function changeIn(value: unknown): OrderState | null {
  if (typeof value !== 'object' || value === null) return null;
  const { orderId, version, customer, amount } = value as Readonly<Record<string, unknown>>;
  if (typeof orderId !== 'string' || typeof version !== 'number') return null;
  if (typeof customer !== 'string' || typeof amount !== 'number') return null;
  return { orderId, version, customer, amount };
}

function keyOf(request: unknown): string | null {
  const key: unknown = Reflect.get(Object(request), 'key');
  return typeof key === 'string' && key !== '' ? key : null;
}
