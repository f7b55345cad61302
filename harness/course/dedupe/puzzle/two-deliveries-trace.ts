/**
 * Turns the moves of «charge twice by hand» into a trace of the simulator's shape, so that the same drawing shows both.
 *
 * Times and ids mean nothing here; the drawing shows neither.
 */

import type { AwsAnswer } from '../../../simulator/contract/answer.ts';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { type Happening, traceOfMoves } from '../../kit/puzzle-trace.ts';
import { type DeliveriesState, type Delivery, type PuzzleActor, playDeliveries } from './two-deliveries.ts';

/** The order of the puzzle. */
export const ORDER = 'o-17';

const QUEUE = 'DebitQueue';
const TABLE = 'Debits';
const KEY = { orderId: { S: ORDER } };
const PATH = `dynamodb/${TABLE}/${JSON.stringify({ orderId: { S: ORDER } })}`;
const DONE: AwsAnswer = { ok: true, output: {} };

/** These moves as a trace. A move that changes nothing makes no step. */
export function traceOfDeliveries(moves: readonly PuzzleActor[]): Trace {
  return traceOfMoves(moves, { play: playDeliveries, happens: eventsOf });
}

function eventsOf(actor: PuzzleActor, before: DeliveriesState, after: DeliveriesState): readonly Happening[] {
  if (actor === 'till') return after.sent > before.sent ? sends(after.sent) : [];
  switch (before.deliveries[actor].next) {
    case 'start':
      return starts(actor);
    case 'get':
      return looks(actor, before.marked);
    case 'ask':
      return asks(actor, after.debits);
    case 'put':
      return marks(actor, before.marked);
    case null:
      return [];
  }
}

function sends(attempt: number): readonly Happening[] {
  const body = JSON.stringify({ orderId: ORDER, attempt });
  return [
    { actor: 'scenario', event: applied('till', 'SQS', 'SendMessage', DONE) },
    {
      actor: 'scenario',
      event: { kind: 'message-sent', queue: QUEUE, messageId: `m-${attempt}`, body, visibleAtMs: 0 },
    },
  ];
}

function starts(delivery: Delivery): readonly Happening[] {
  const [functionName = '', number = ''] = delivery.split('#');
  const common = { invocation: delivery, functionName, environment: delivery, requestId: delivery };
  return [
    {
      actor: delivery,
      event: {
        kind: 'message-received',
        queue: QUEUE,
        messageId: `m-${number}`,
        receiveCount: 1,
        by: delivery,
        visibleAgainAtMs: 60_000,
      },
    },
    { actor: delivery, event: { kind: 'invocation-started', ...common, cold: true, payload: {} } },
  ];
}

function looks(delivery: Delivery, marked: boolean): readonly Happening[] {
  const answer: AwsAnswer = { ok: true, output: marked ? { Item: KEY } : {} };
  const look = { actor: delivery, event: applied(delivery, 'DynamoDB', 'GetItem', answer) };
  return marked ? [look, ends(delivery)] : [look];
}

function asks(delivery: Delivery, debits: number): readonly Happening[] {
  const call = `${delivery}/Invoke`;
  const answer = { status: 200, debitId: `debit-${debits}` };
  return [
    { actor: delivery, event: applied(delivery, 'Lambda', 'Invoke', null) },
    {
      actor: delivery,
      event: { kind: 'downstream-entered', downstream: 'gateway', call, request: { orderId: ORDER } },
    },
    { actor: delivery, event: { kind: 'downstream-left', downstream: 'gateway', call, answer, abandoned: false } },
  ];
}

function marks(delivery: Delivery, marked: boolean): readonly Happening[] {
  const event: TraceEvent = { kind: 'item-changed', table: TABLE, key: KEY, before: marked ? KEY : null, after: KEY };
  return [
    { actor: delivery, event: applied(delivery, 'DynamoDB', 'PutItem', DONE) },
    { actor: delivery, event },
    ends(delivery),
  ];
}

function ends(delivery: Delivery): Happening {
  const functionName = delivery.split('#')[0] ?? '';
  const outcome = { kind: 'returned', payload: { batchItemFailures: [] } } as const;
  return {
    actor: delivery,
    event: { kind: 'invocation-ended', invocation: delivery, functionName, environment: delivery, outcome },
  };
}

function applied(
  actor: string,
  service: 'DynamoDB' | 'Lambda' | 'SQS',
  operation: string,
  answer: AwsAnswer | null,
): TraceEvent {
  const inputs = {
    DynamoDB: { TableName: TABLE, Key: KEY },
    Lambda: { FunctionName: 'gateway' },
    SQS: { QueueUrl: QUEUE },
  };
  const path = service === 'DynamoDB' ? [PATH] : [];
  const footprint = { reads: path, writes: operation === 'PutItem' ? path : [] };
  return {
    kind: 'call-applied',
    call: `${actor}/${operation}`,
    service,
    operation,
    input: inputs[service],
    answer,
    footprint,
  };
}
