/**
 * The charge API: a downstream of the harness that the handlers of task 3 call by `Invoke`.
 *
 * It uses keys, as payment providers do: a request with a known key gets the first answer again, a request whose key is still
 * being processed gets 409, and ten minutes after its answer a key is forgotten. Pure functions over a ledger, which counts
 * charges and not requests.
 */

import { defineDownstream } from '../kit/downstream.ts';
import { readRequest } from './gateway.ts';

/** Money that was taken from a card. */
export interface Charge {
  readonly chargeId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly key: string | null;
  readonly atMs: number;
}

/** Every valid request, whatever its outcome. */
export interface ChargeRequest {
  readonly orderId: string;
  readonly key: string | null;
  readonly outcome: 'charged' | 'replayed' | 'in-flight' | 'other-amount';
  readonly atMs: number;
}

interface Remembered {
  readonly key: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly answeredAtMs: number;
}

interface InFlight {
  readonly id: string;
  readonly key: string | null;
  readonly orderId: string;
  readonly amount: number;
}

interface ChargeBooks {
  readonly charges: readonly Charge[];
  readonly requests: readonly ChargeRequest[];
  readonly remembered: readonly Remembered[];
  readonly inFlight: readonly InFlight[];
}

/** How long a key is remembered after its answer. Payment providers keep keys for hours or days; a lab has minutes. */
export const KEY_KNOWN_MS = 10 * 60_000;

export const chargeApi = defineDownstream<ChargeBooks>({
  name: 'charge',
  functionNameParameter: 'ChargeFunctionName',
  serviceTimeMs: 500,
  refusal: { status: 503, message: 'The service is busy. Try again later.' },
  ledger: { charges: [], requests: [], remembered: [], inFlight: [] },
  enter(books, request, nowMs) {
    const asked = readRequest(request);
    if (asked === null)
      return { ledger: books, answer: { status: 400, message: 'A charge needs an orderId and an amount.' } };
    const key = keyOf(request);
    const log = (outcome: ChargeRequest['outcome']): readonly ChargeRequest[] => [
      ...books.requests,
      { orderId: asked.orderId, key, outcome, atMs: nowMs },
    ];
    const known = key === null ? undefined : books.remembered.find((it) => it.key === key && isKnown(it, nowMs));
    if (known !== undefined && known.amount !== asked.amount) {
      const message = 'This key was used for another amount.';
      return { ledger: { ...books, requests: log('other-amount') }, answer: { status: 422, message } };
    }
    if (known !== undefined) {
      return { ledger: { ...books, requests: log('replayed') }, answer: { status: 200, chargeId: known.chargeId } };
    }
    if (key !== null && books.inFlight.some((it) => it.key === key)) {
      const message = 'A request with this key is being worked on.';
      return { ledger: { ...books, requests: log('in-flight') }, answer: { status: 409, message } };
    }
    const id = `request-${books.requests.length + 1}`;
    const inFlight = [...books.inFlight, { id, key, ...asked }];
    return { ledger: { ...books, requests: log('charged'), inFlight }, pending: id };
  },
  leave(books, pending, nowMs) {
    const work = books.inFlight.find(({ id }) => id === pending);
    if (work === undefined) return { ledger: books, answer: { status: 500, message: 'This request is not known.' } };
    const { key, orderId, amount } = work;
    const chargeId = `charge-${books.charges.length + 1}`;
    const known = key === null ? [] : [{ key, chargeId, amount, answeredAtMs: nowMs }];
    return {
      ledger: {
        ...books,
        charges: [...books.charges, { chargeId, orderId, amount, key, atMs: nowMs }],
        remembered: [...books.remembered.filter((it) => isKnown(it, nowMs)), ...known],
        inFlight: books.inFlight.filter((it) => it !== work),
      },
      answer: { status: 200, chargeId },
    };
  },
});

function isKnown({ answeredAtMs }: Remembered, nowMs: number): boolean {
  return nowMs - answeredAtMs < KEY_KNOWN_MS;
}

function keyOf(request: unknown): string | null {
  const key: unknown = Reflect.get(request as object, 'key');
  return typeof key === 'string' && key !== '' ? key : null;
}
