/**
 * What the operations of programs for tests do: the calls they make, and what they see in the answers.
 *
 * They see numbers only: an item's `n`, the number of messages, what another function returned; -1 for an error.
 */

import type { AwsAnswer, AwsCall } from '../contract/answer.ts';
import { functionNameOf } from '../contract/downstream.ts';
import { fromUtf8, toUtf8 } from '../contract/utf8.ts';
import { unreachable } from '../kernel/bug.ts';
import { type QueueName, queueUrl, TABLE } from './names-for-tests.ts';
import type { ProgramCall, ProgramItem, Source } from './program-for-tests.ts';

/** What code knows when it makes a call. */
export interface KnownToCode {
  readonly seen: number;
  readonly given: number;
  readonly memory: number;
  readonly nowMs: number;
  /** The message that it received last, and from which queue. */
  readonly received: { readonly queue: QueueName; readonly receiptHandle: string } | null;
  /** The function that it may invoke; null if there is none. */
  readonly callee: string | null;
}

const keyOf = (item: ProgramItem) => ({ id: { S: item } });
const inTable = (item: ProgramItem) => ({ TableName: TABLE, Key: keyOf(item) });
const numbered = (n: number) => ({ N: String(n) });
const adding = {
  UpdateExpression: 'ADD n :one',
  ExpressionAttributeValues: { ':one': numbered(1) },
};
const absent = { ConditionExpression: 'attribute_not_exists(id)' };

function numberFor(source: Source, known: KnownToCode): number {
  switch (source) {
    case 'seen':
      return known.seen + 1;
    case 'given':
      return known.given;
    case 'memory':
      return known.memory;
    case 'now':
      return known.nowMs;
    default:
      return unreachable(source, 'source of a number');
  }
}

const itemOf = (item: ProgramItem, n: number) => ({ TableName: TABLE, Item: { ...keyOf(item), n: numbered(n) } });

function dynamodb(operation: string, input: AwsCall['input']): AwsCall {
  return { service: 'DynamoDB', operation, input };
}

/** The call as an SDK client would make it; null if its target does not exist. */
export function awsCallOf(call: ProgramCall, known: KnownToCode): AwsCall | null {
  switch (call.do) {
    case 'get':
    case 'get any':
    case 'scan any':
      return readOf(call);
    case 'delete':
      return dynamodb('DeleteItem', inTable(call.item));
    case 'add':
    case 'add and look':
    case 'add given':
      return dynamodb('UpdateItem', additionOf(call, known));
    case 'put':
      return dynamodb('PutItem', itemOf(call.item, numberFor(call.value, known)));
    case 'put if': {
      const asSeen = { ConditionExpression: 'n = :n', ExpressionAttributeValues: { ':n': numbered(known.seen) } };
      const condition = call.is === 'absent' ? absent : asSeen;
      return dynamodb('PutItem', { ...itemOf(call.item, known.seen + 1), ...condition });
    }
    case 'transact': {
      const TransactItems = call.items.map((item, place) =>
        call.ifAbsent && place === 0
          ? { Put: { ...itemOf(item, known.given), ...absent } }
          : { Update: { ...inTable(item), ...adding } },
      );
      return dynamodb('TransactWriteItems', { TransactItems });
    }
    case 'put both': {
      const requests = call.items.map((item) => {
        const { Item } = itemOf(item, known.given);
        return { PutRequest: { Item } };
      });
      return dynamodb('BatchWriteItem', { RequestItems: { [TABLE]: requests } });
    }
    case 'downstream':
      return invoking(functionNameOf({ name: 'legacy' }), known.given, false);
    case 'invoke':
      return known.callee === null ? null : invoking(known.callee, known.seen + 1, call.event);
    case 'send':
    case 'send both':
    case 'receive':
    case 'delete received':
      return queueCallOf(call, known);
    default:
      return unreachable(call, 'call');
  }
}

type ReadCall = ProgramCall & { readonly do: 'get' | 'get any' | 'scan any' };

function readOf(call: ReadCall): AwsCall {
  if (call.do === 'scan any') return dynamodb('Scan', { TableName: TABLE });
  return dynamodb('GetItem', { ...inTable(call.item), ...(call.do === 'get' && { ConsistentRead: true }) });
}

type Addition = ProgramCall & { readonly do: 'add' | 'add and look' | 'add given' };

function additionOf(call: Addition, known: KnownToCode): AwsCall['input'] {
  const input = { ...inTable(call.item), ...adding };
  if (call.do === 'add') return input;
  if (call.do === 'add and look') return { ...input, ReturnValues: 'ALL_NEW' };
  return { ...input, ExpressionAttributeValues: { ':one': numbered(known.given) } };
}

function queueCallOf(
  call: ProgramCall & { do: 'send' | 'send both' | 'receive' | 'delete received' },
  known: KnownToCode,
): AwsCall | null {
  const sqs = (operation: string, queue: string, input: Readonly<Record<string, unknown>>): AwsCall => ({
    service: 'SQS',
    operation,
    input: { QueueUrl: queueUrl(queue), ...input },
  });
  if (call.do === 'send')
    return sqs('SendMessage', call.queue, { MessageBody: String(known.seen + 1), DelaySeconds: call.delayS });
  if (call.do === 'send both') {
    const Entries = [1, 2].map((more) => ({ Id: String(more), MessageBody: String(known.seen + more) }));
    return sqs('SendMessageBatch', call.queue, { Entries });
  }
  if (call.do === 'receive')
    return sqs('ReceiveMessage', call.queue, { WaitTimeSeconds: call.waitS, MaxNumberOfMessages: 1 });
  if (known.received === null) return null;
  const { queue, receiptHandle } = known.received;
  return sqs('DeleteMessage', queue, { ReceiptHandle: receiptHandle });
}

/** An invocation that passes a number on. */
export function invoking(name: string, given: number, event: boolean): AwsCall {
  const input = {
    FunctionName: name,
    Payload: toUtf8(JSON.stringify({ given })),
    ...(event ? { InvocationType: 'Event' } : {}),
  };
  return { service: 'Lambda', operation: 'Invoke', input };
}

/** The numbers of several items together make one number, in which each item has places of its own. */
const PLACE_OF: Readonly<Record<ProgramItem, number>> = { a: 1, b: 100, c: 10_000 };

/** The number in an answer. */
export function seenIn(answer: AwsAnswer): number {
  if (!answer.ok) return -1;
  const { Item, Items, Attributes, Messages, Payload, FunctionError, UnprocessedItems, Failed } = answer.output as {
    readonly Item?: { readonly n?: { readonly N: string } };
    readonly Items?: readonly { readonly id: { readonly S: ProgramItem }; readonly n?: { readonly N: string } }[];
    readonly Attributes?: { readonly n?: { readonly N: string } };
    readonly Messages?: readonly unknown[];
    readonly Payload?: Uint8Array;
    readonly FunctionError?: string;
    readonly UnprocessedItems?: Readonly<Record<string, readonly unknown[]>>;
    readonly Failed?: readonly unknown[];
  };
  if (FunctionError !== undefined) return -1;
  if (Payload !== undefined && Payload.length > 0) return numberIn(fromUtf8(Payload));
  if (Messages !== undefined) return Messages.length;
  if (Items !== undefined) return Items.reduce((sum, { id, n }) => sum + PLACE_OF[id.S] * Number(n?.N ?? 9), 0);
  if (UnprocessedItems !== undefined || Failed !== undefined) {
    const undone = [...Object.values(UnprocessedItems ?? {}).flat(), ...(Failed ?? [])];
    return undone.length;
  }
  return Number((Item ?? Attributes)?.n?.N ?? 0);
}

function numberIn(json: string): number {
  const value = JSON.parse(json) as { readonly n?: number } | null;
  return value?.n ?? 0;
}
