/**
 * The simulated DynamoDB: tables, items, expressions, transactions. The only entry point of this folder.
 *
 * Each call is applied in one step. Answers share frozen items with the state, so callers must not change them. The API
 * of streams is refused by name; mappings read them.
 */

import { type Input, notSimulated } from '../../contract/answer.ts';
import type { Served } from '../../contract/effect.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import { dynamodbLatency } from './latency.ts';
import { meetingOf } from './meetings.ts';
import type { DynamoDBEffect } from './messages.ts';
import { OPERATIONS } from './operations/operations.ts';
import { type AppliedAt, type Outcome, readOutcome, tablePath } from './outcome.ts';
import { partialItemBatch } from './partial-batch.ts';
import { showDynamoDB } from './shown.ts';
import { staleReads } from './stale-read.ts';
import { cloneDynamoDB, type DynamoDBState, newDynamoDB } from './state.ts';
import { describeTableSource, takeFromReader } from './stream-source.ts';
import { putOnStreams } from './stream-writes.ts';
import { nameInTableArn } from './table-name.ts';
import { DYNAMODB_TABLE } from './table-resource.ts';
import { throttledTransaction } from './throttled-transaction.ts';
import type { DynamoDBEvent } from './trace-events.ts';
import { transactionConflict } from './transaction-conflict.ts';
import { DYNAMODB_TROUBLE } from './trouble.ts';

export const DYNAMODB: ServiceModule<DynamoDBState, never, DynamoDBEvent> = {
  name: 'dynamodb',
  service: 'DynamoDB',
  client: {
    package: '@aws-sdk/client-dynamodb',
    namespace: 'com.amazonaws.dynamodb',
    endpointPrefix: 'dynamodb',
    protocol: { kind: 'awsJson1_0', target: 'DynamoDB_20120810', errorPrefix: 'com.amazonaws.dynamodb.v20120810#' },
  },
  arns: ['dynamodb:table'],
  resourceTypes: [DYNAMODB_TABLE],
  faults: ['conflict', 'cancelled', 'partial', 'stale'],
  trouble: DYNAMODB_TROUBLE,
  latency: dynamodbLatency,
  create: newDynamoDB,
  copy: cloneDynamoDB,
  meets: meetingOf,
  faultsAt: (state, call, others, moment) => [
    ...(moment.mayStrike('conflict') ? transactionConflict(state, call, others) : []),
    ...(moment.mayStrike('cancelled') ? throttledTransaction(state, call) : []),
    ...partialItemBatch(call.operation, call.input),
    ...(moment.mayStrike('stale') ? staleReads(state, call, moment) : []),
  ],
  call: serve,
  take: takeFromReader,
  describe: describeTableSource,
  shown: showDynamoDB,
};

const NO_EFFECTS: readonly never[] = Object.freeze([]);

function serve(state: DynamoDBState, call: ServiceCall, at: AppliedAt): Served<never, DynamoDBEvent> {
  const { answer, footprint, notes } = applyDynamoDB(state, call.operation, call.input, at);
  if (notes.length === 0) return { answer, effects: NO_EFFECTS, footprint };
  const effects: DynamoDBEffect[] = [];
  for (const event of notes) effects.push({ kind: 'note', by: call.by, event, isAside: true });
  const streamed = putOnStreams(state, notes, at);
  if (streamed === null) return { answer, effects, footprint };
  return { answer, effects: [...effects, ...streamed.effects], footprint: joined(footprint, streamed.footprint) };
}

/**
 * Applies one call.
 *
 * @param operation the operation as the SDK names it, without «Command»: `PutItem`
 * @param input its input in the SDK's shape; attribute values as AWS's JSON has them, binaries as `Uint8Array`
 * @param at `nowMs` is virtual time; `epochMs` is the instant on the calendar that `nowMs` 0 stands for
 */
function applyDynamoDB(state: DynamoDBState, operation: string, input: Input, at: AppliedAt): Outcome {
  const apply = OPERATIONS.get(operation);
  if (apply === undefined) return readOutcome(notSimulated(`DynamoDB ${operation}`), []);
  try {
    return apply(state, input, at);
  } catch (problem) {
    if (problem instanceof Refusal) return readOutcome(problem.answer, pathsNamedBy(input));
    throw problem;
  }
}

/**
 * The reads of a refused call: at most definitions of tables, since the operations that find items declare reads of items
 * themselves.
 */
function pathsNamedBy(input: Input): Footprint['reads'] {
  const name = input.TableName;
  if (typeof name !== 'string') return ['dynamodb/*'];
  return [tablePath(nameInTableArn(name))];
}
