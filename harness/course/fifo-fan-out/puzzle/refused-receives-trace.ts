/**
 * Turns the moves of «walk a healthy event into the dead-letter queue» into a trace of the simulator's shape, so that the same drawing shows both.
 *
 * Times and ids mean nothing here; the drawing shows neither.
 */

import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { type Happening, traceOfMoves } from '../../kit/puzzle-trace.ts';
import { EVENTS, playQueue, QUEUED_ORDERS, type QueuedOrder, type QueueState, stepOf } from './refused-receives.ts';

const QUEUE = 'StockQueue';
const LETTERS = 'StockLetters';
const MAPPING = 'mapping of stock';

/** These moves as a trace. A move that changes nothing makes no step. */
export function traceOfReceives(moves: readonly QueuedOrder[]): Trace {
  return traceOfMoves(moves, { play: playQueue, happens: eventsOf, before: SENT });
}

/** All events are in the queue before the first move, so that the drawing can number them. */
const SENT: readonly Happening[] = QUEUED_ORDERS.flatMap((order) =>
  Array.from({ length: EVENTS[order] }, (_, booked) => ({
    actor: 'scenario',
    event: {
      kind: 'message-sent',
      ...{ queue: QUEUE, messageId: `${order}/${booked + 1}`, body: bodyOf(order), visibleAtMs: 0, groupId: order },
    } as const,
  })),
);

function eventsOf(order: QueuedOrder, before: QueueState, after: QueueState): readonly Happening[] {
  const messageId = messageOf(order, before);
  switch (stepOf(before, order)) {
    case 'starts':
      return [byMapping(received(order, messageId, after)), byMapping(started(order, before))];
    case 'tries-again':
      return [byMapping(started(order, before))];
    case 'is-refused':
      return [
        byMapping(received(order, messageId, after)),
        byMapping({ kind: 'invocation-throttled', functionName: 'stock', reason: REASON }),
      ];
    case 'comes-back':
      return [byMapping({ kind: 'message-visible-again', queue: QUEUE, messageId, why: 'timeout' })];
    case 'dies':
      return [byMapping(deadLettered(order, messageId, before))];
    case 'ends':
      return [
        { actor: invocationOf(before), event: ended(before) },
        byMapping({ kind: 'message-deleted', queue: QUEUE, messageId, by: MAPPING }),
      ];
    case null:
      return [];
  }
}

/** LS-13. */
const REASON = 'ReservedFunctionConcurrentInvocationLimitExceeded';

const byMapping = (event: TraceEvent): Happening => ({ actor: MAPPING, event });

/** «o-17/2»: the second event of the order. */
function messageOf(order: QueuedOrder, { orders }: QueueState): string {
  return `${order}/${orders[order].booked + 1}`;
}

/** Invocations are numbered in the order in which they start, and only one is at work. */
function invocationOf({ orders }: QueueState): string {
  return `stock#${Object.values(orders).reduce((sum, { booked }) => sum + booked, 0) + 1}`;
}

function received(order: QueuedOrder, messageId: string, after: QueueState): TraceEvent {
  const { receives } = after.orders[order];
  return {
    kind: 'message-received',
    queue: QUEUE,
    messageId,
    receiveCount: receives,
    by: MAPPING,
    visibleAgainAtMs: 0,
    groupId: order,
  };
}

function deadLettered(order: QueuedOrder, messageId: string, before: QueueState): TraceEvent {
  const receiveCount = before.orders[order].receives;
  return {
    kind: 'message-dead-lettered',
    queue: QUEUE,
    messageId,
    deadLetterQueue: LETTERS,
    receiveCount,
    groupId: order,
  };
}

function started(order: QueuedOrder, before: QueueState): TraceEvent {
  const invocation = invocationOf(before);
  const payload = { Records: [{ messageId: messageOf(order, before), body: bodyOf(order) }] };
  const cold = invocation === 'stock#1';
  return { kind: 'invocation-started', ...environmentOf(invocation), cold, requestId: invocation, payload };
}

function ended(before: QueueState): TraceEvent {
  const outcome = { kind: 'returned', payload: { batchItemFailures: [] } } as const;
  return { kind: 'invocation-ended', ...environmentOf(invocationOf(before)), outcome };
}

function bodyOf(orderId: QueuedOrder): string {
  return JSON.stringify({ orderId });
}

function environmentOf(invocation: string) {
  return { invocation, functionName: 'stock', environment: 'stock/1' };
}
