/**
 * The legacy system of the warehouse: a downstream of the harness that the lab's function calls by `Invoke`.
 *
 * It keeps a line for each event that it is told, in the order in which it was told, and knows the key of each line: a request with a known key writes nothing.
 * Its quantities have three digits and its articles eight letters. How many requests it takes at once is no matter of its ledger: the checks count them in the
 * trace.
 */

import { defineDownstream } from '../kit/downstream.ts';
import { isBookable, type OrderEvent, orderEventIn } from './orders.ts';

/** One line of its books. */
export interface StockLine extends OrderEvent {
  readonly key: string | null;
}

interface Working extends StockLine {
  readonly id: string;
}

interface Books {
  /** The lines, in the order in which they were written. */
  readonly lines: readonly StockLine[];
  readonly working: readonly Working[];
  /** Requests so far, refused ones included. */
  readonly requests: number;
}

/** How long legacy needs for one event. Two of them, one after the other, fit into the six seconds of the function that asks. */
export const SERVICE_TIME_MS = 2_500;

export const stockLegacy = defineDownstream<Books>({
  name: 'legacy',
  functionNameParameter: 'LegacyFunctionName',
  serviceTimeMs: SERVICE_TIME_MS,
  refusal: { status: 503, message: 'No time. Ask again later.' },
  ledger: { lines: [], working: [], requests: 0 },
  enter(books, request) {
    const requests = books.requests + 1;
    const event = orderEventIn(request);
    if (event === null) {
      const message = 'A line has an orderId, a customer, an article (sku) and a quantity.';
      return { ledger: { ...books, requests }, answer: { status: 400, message } };
    }
    if (!isBookable(event)) {
      const message = `Quantities have three digits and articles eight letters: ${event.quantity} of ${event.sku}.`;
      return { ledger: { ...books, requests }, answer: { status: 422, message } };
    }
    const id = `request-${requests}`;
    return {
      ledger: { ...books, requests, working: [...books.working, { id, key: keyOf(request), ...event }] },
      pending: id,
    };
  },
  leave(books, pending) {
    const work = books.working.find(({ id }) => id === pending);
    if (work === undefined) return { ledger: books, answer: { status: 500, message: 'This request is not known.' } };
    const { id: _, ...line } = work;
    const working = books.working.filter((it) => it !== work);
    const isKnown = line.key !== null && books.lines.some(({ key }) => key === line.key);
    const lines = isKnown ? books.lines : [...books.lines, line];
    return { ledger: { ...books, lines, working }, answer: { status: 200 } };
  },
});

function keyOf(request: unknown): string | null {
  const key: unknown = Reflect.get(Object(request), 'key');
  return typeof key === 'string' && key !== '' ? key : null;
}
