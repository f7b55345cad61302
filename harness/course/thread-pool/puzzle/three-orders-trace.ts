/**
 * Turns the moves of «let a third one in» into a trace of the simulator's shape, so that the same drawing shows both.
 *
 * Times and ids mean nothing here; the drawing shows neither.
 */

import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { type Happening, traceOfMoves } from '../../kit/puzzle-trace.ts';
import { type BookRun, type OrdersState, playOrders } from './three-orders.ts';

/** The downstream of the puzzle. */
export const LEGACY = 'legacy';

/** The order that an invocation books: «o-17» and the two after it. */
export function orderOf(booking: BookRun): string {
  return `o-${16 + Number(booking.split('#')[1])}`;
}

/** These moves as a trace. A move that changes nothing makes no step. */
export function traceOfOrders(moves: readonly BookRun[]): Trace {
  return traceOfMoves(moves, { play: playOrders, happens: eventsOf });
}

function eventsOf(booking: BookRun, before: OrdersState, after: OrdersState): readonly Happening[] {
  if (before.end !== 'open') return [];
  switch (before.bookings[booking].next) {
    case 'start':
      return [{ actor: booking, event: starts(booking, after) }];
    case 'ask':
      return asks(booking);
    case 'hear':
      return hears(booking, after);
    case null:
      return [];
  }
}

function environmentOf(booking: BookRun, { bookings }: OrdersState): string {
  return `book/${bookings[booking].environment}`;
}

function starts(booking: BookRun, after: OrdersState): TraceEvent {
  const environment = environmentOf(booking, after);
  const payload = { detail: { orderId: orderOf(booking), version: 1 } };
  const common = { invocation: booking, functionName: 'book', environment, requestId: booking };
  return { kind: 'invocation-started', ...common, cold: true, payload };
}

function asks(booking: BookRun): readonly Happening[] {
  const call = `${booking}/Invoke`;
  const input = { FunctionName: LEGACY };
  const footprint = { reads: [], writes: [] };
  return [
    {
      actor: booking,
      event: { kind: 'call-applied', call, service: 'Lambda', operation: 'Invoke', input, answer: null, footprint },
    },
    {
      actor: booking,
      event: { kind: 'downstream-entered', downstream: LEGACY, call, request: { orderId: orderOf(booking) } },
    },
  ];
}

function hears(booking: BookRun, after: OrdersState): readonly Happening[] {
  const call = `${booking}/Invoke`;
  const answer = { status: 200, reference: `L-${orderOf(booking)}` };
  return [
    { actor: booking, event: { kind: 'downstream-left', downstream: LEGACY, call, answer, abandoned: false } },
    {
      actor: booking,
      event: {
        kind: 'invocation-ended',
        invocation: booking,
        functionName: 'book',
        environment: environmentOf(booking, after),
        outcome: { kind: 'returned', payload: null },
      },
    },
  ];
}
