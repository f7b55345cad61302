/**
 * For tests: DynamoDB with one or two small tables in it.
 */

import { ServiceForTests } from '../../contract/service-for-tests.ts';
import { DYNAMODB } from './dynamodb.ts';
import type { DynamoDBState } from './state.ts';
import type { DynamoDBEvent } from './trace-events.ts';

type Input = Readonly<Record<string, unknown>>;

export class DynamoDBForTests extends ServiceForTests<DynamoDBState, never, DynamoDBEvent> {
  constructor() {
    super(DYNAMODB);
  }

  item(tableName: string, key: Input): unknown {
    return this.ask('GetItem', { TableName: tableName, Key: key }).Item;
  }

  /** A copy with the same state. */
  copy(): DynamoDBForTests {
    const copy = new DynamoDBForTests();
    copy.state = this.service.copy(this.state);
    return copy;
  }
}

/** What `CreateTable` is asked for the table `Things`. */
export const THINGS = {
  TableName: 'Things',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};

/** The same table with a stream. */
export function withStreamedThings(StreamViewType = 'NEW_AND_OLD_IMAGES'): DynamoDBForTests {
  const db = new DynamoDBForTests();
  db.ask('CreateTable', { ...THINGS, StreamSpecification: { StreamEnabled: true, StreamViewType } });
  return db;
}

/** A table `Things` with the partition key `id`, a string. */
export function withThings(...items: readonly Input[]): DynamoDBForTests {
  const db = new DynamoDBForTests();
  db.ask('CreateTable', THINGS);
  for (const item of items) db.ask('PutItem', { TableName: 'Things', Item: item });
  return db;
}

/**
 * A table `Orders` with the partition key `customer` (S) and the sort key `number` (N), a local index `by-placed`
 * (`customer`, `placed`; keys only) and a global index `by-state` (`state`, `placed`; includes `amount`).
 */
export function withOrders(...items: readonly Input[]): DynamoDBForTests {
  const db = new DynamoDBForTests();
  const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
  db.ask('CreateTable', {
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
  for (const item of items) db.ask('PutItem', { TableName: 'Orders', Item: item });
  return db;
}
