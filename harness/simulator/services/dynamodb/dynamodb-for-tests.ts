/**
 * A small DynamoDB for this folder's tests: a state, a clock, and calls that read well.
 *
 * Not a test itself, and nothing outside tests imports it.
 */

import { expect } from 'vitest';
import type { AwsError } from '../../contract/answer.ts';
import { applyDynamoDB, cloneDynamoDB, type DynamoDBState, newDynamoDB } from './dynamodb.ts';
import type { Outcome } from './outcome.ts';

type Input = Readonly<Record<string, unknown>>;

/** 2026-01-01T00:00:00Z. */
const EPOCH_MS = 1_767_225_600_000;

export class TestDynamoDB {
  readonly state: DynamoDBState;
  nowMs = 0;

  constructor(state: DynamoDBState = newDynamoDB()) {
    this.state = state;
  }

  /** Everything about one call. */
  outcome(operation: string, input: Input): Outcome {
    return applyDynamoDB(this.state, operation, input, { nowMs: this.nowMs, epochMs: EPOCH_MS });
  }

  /** The output of a call that succeeds. */
  call(operation: string, input: Input): Readonly<Record<string, unknown>> {
    const { answer } = this.outcome(operation, input);
    if (!answer.ok) expect.fail(`${operation} failed: ${answer.error.code}: ${answer.error.message}`);
    return answer.output;
  }

  /** The error of a call that fails. */
  error(operation: string, input: Input): AwsError {
    const { answer } = this.outcome(operation, input);
    if (answer.ok) expect.fail(`${operation} succeeded: ${JSON.stringify(answer.output)}`);
    return answer.error;
  }

  item(tableName: string, key: Input): unknown {
    return this.call('GetItem', { TableName: tableName, Key: key }).Item;
  }

  copy(): TestDynamoDB {
    return new TestDynamoDB(cloneDynamoDB(this.state));
  }
}

/** A table `Things` with the partition key `id`, a string. */
export function withThings(...items: readonly Input[]): TestDynamoDB {
  const db = new TestDynamoDB();
  db.call('CreateTable', {
    TableName: 'Things',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  for (const item of items) db.call('PutItem', { TableName: 'Things', Item: item });
  return db;
}

/**
 * A table `Orders` with the partition key `customer` (S) and the sort key `number` (N), a local index `by-placed`
 * (`customer`, `placed`; keys only) and a global index `by-state` (`state`, `placed`; includes `amount`).
 */
export function withOrders(...items: readonly Input[]): TestDynamoDB {
  const db = new TestDynamoDB();
  const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
  db.call('CreateTable', {
    TableName: 'Orders',
    KeySchema: key('customer', 'number'),
    AttributeDefinitions: [
      attribute('customer', 'S'),
      attribute('number', 'N'),
      attribute('placed', 'S'),
      attribute('state', 'S'),
    ],
    BillingMode: 'PAY_PER_REQUEST',
    LocalSecondaryIndexes: [
      { IndexName: 'by-placed', KeySchema: key('customer', 'placed'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-state',
        KeySchema: key('state', 'placed'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['amount'] },
      },
    ],
  });
  for (const item of items) db.call('PutItem', { TableName: 'Orders', Item: item });
  return db;
}
