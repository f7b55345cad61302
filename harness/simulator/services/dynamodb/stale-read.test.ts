/**
 * Reads without `ConsistentRead`: what they may answer after a write, and how long.
 */

import { describe, expect, it } from 'vitest';
import type { AnsweredInstead } from '../../contract/call-fault.ts';
import { type DynamoDBForTests, withOrders, withThings } from './dynamodb-for-tests.ts';

const item = (id: string, n: string) => ({ id: { S: id }, n: { N: n } });
const GET_A = { TableName: 'Things', Key: { id: { S: 'a' } } };

/** A table in which reads may be stale. `a` was written once before a second has passed. */
function mayBeStale(db: DynamoDBForTests = withThings(item('a', '1'))): DynamoDBForTests {
  db.faults = ['stale'];
  return db;
}

const put = (db: DynamoDBForTests, id: string, n: string) =>
  db.ask('PutItem', { TableName: 'Things', Item: item(id, n) });

/** What the read may answer instead of the newest, and of which item it then misses the newest write. */
const staleAnswers = (db: DynamoDBForTests, operation: string, input: Readonly<Record<string, unknown>>) =>
  db
    .faultsAt(operation, input, [])
    .filter((fault): fault is AnsweredInstead => fault.fault === 'stale' && 'served' in fault)
    .map(({ about, served: { answer } }) => [about, answer?.ok === true ? answer.output : answer] as const);

const A = 'dynamodb/Things/{"id":{"S":"a"}}';
const B = 'dynamodb/Things/{"id":{"S":"b"}}';

describe('a read that does not ask for the newest', () => {
  it('DD-04 may answer with the item as it was before its newest write, and otherwise answers with the newest', () => {
    const db = mayBeStale();
    put(db, 'a', '2');
    put(db, 'a', '3');
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([[A, { Item: item('a', '2') }]]);
    expect(db.ask('GetItem', GET_A)).toEqual({ Item: item('a', '3') });
  });

  it('DD-04 may find no item where one has just been written, and one that has just been deleted', () => {
    const db = mayBeStale(withThings());
    put(db, 'a', '1');
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([[A, {}]]);
    db.ask('DeleteItem', GET_A);
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([[A, { Item: item('a', '1') }]]);
  });

  it('DD-04 is never stale with ConsistentRead, whichever operation reads', () => {
    const db = mayBeStale();
    put(db, 'a', '2');
    const ConsistentRead = true;
    const keyCondition = { KeyConditionExpression: 'id = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
    const Keys = [GET_A.Key];
    const reads = [
      ['GetItem', GET_A, { ...GET_A, ConsistentRead }],
      ['Query', { TableName: 'Things', ...keyCondition }, { TableName: 'Things', ...keyCondition, ConsistentRead }],
      ['Scan', { TableName: 'Things' }, { TableName: 'Things', ConsistentRead }],
      ['BatchGetItem', { RequestItems: { Things: { Keys } } }, { RequestItems: { Things: { Keys, ConsistentRead } } }],
    ] as const;
    expect(reads.map(([operation, input]) => staleAnswers(db, operation, input).map(([about]) => about))).toEqual([
      [A],
      [A],
      [A],
      [A],
    ]);
    expect(reads.flatMap(([operation, , input]) => staleAnswers(db, operation, input))).toEqual([]);
  });

  it('DD-04 may be stale in a global index, which takes no ConsistentRead', () => {
    const order = (state: string) => ({
      ...{ customer: { S: 'x' }, number: { N: '1' } },
      ...{ placed: { S: '2026-01-01' }, state: { S: state } },
    });
    const db = mayBeStale(withOrders());
    db.ask('PutItem', { TableName: 'Orders', Item: order('open') });
    db.ask('PutItem', { TableName: 'Orders', Item: order('paid') });
    const open = {
      ...{ TableName: 'Orders', IndexName: 'by-state', KeyConditionExpression: '#s = :open' },
      ...{ ExpressionAttributeNames: { '#s': 'state' }, ExpressionAttributeValues: { ':open': { S: 'open' } } },
    };
    expect(db.ask('Query', open).Count).toBe(0);
    expect(staleAnswers(db, 'Query', open).map(([, output]) => Reflect.get(Object(output), 'Count'))).toEqual([1]);
  });

  it('DD-09 is not stale in a transaction', () => {
    const db = mayBeStale();
    put(db, 'a', '2');
    expect(staleAnswers(db, 'TransactGetItems', { TransactItems: [{ Get: GET_A }] })).toEqual([]);
  });

  it('DD-17 misses no write that is older than a second', () => {
    const db = mayBeStale();
    put(db, 'a', '2');
    db.nowMs = 1_000;
    expect(staleAnswers(db, 'GetItem', GET_A)).toHaveLength(1);
    db.nowMs = 1_001;
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([]);
  });

  it('DD-17 misses the newest write of one item, and sees the writes of others: each item by itself', () => {
    const db = mayBeStale(withThings(item('a', '1'), item('b', '1')));
    put(db, 'b', '2');
    put(db, 'a', '2');
    const found = staleAnswers(db, 'Scan', { TableName: 'Things' }).map(
      ([about, output]) => [about, Reflect.get(Object(output), 'Items')] as const,
    );
    expect(Object.fromEntries(found)).toEqual({
      [A]: expect.arrayContaining([item('a', '1'), item('b', '2')]),
      [B]: expect.arrayContaining([item('a', '2'), item('b', '1')]),
    });
    expect(found.map(([about]) => about)).toEqual([A, B]);
  });

  it('DD-17 misses one item of a transaction and sees another', () => {
    const db = mayBeStale(withThings());
    const puts = ['a', 'b'].map((id) => ({ Put: { TableName: 'Things', Item: item(id, '1') } }));
    db.ask('TransactWriteItems', { TransactItems: puts });
    const both = { RequestItems: { Things: { Keys: ['a', 'b'].map((S) => ({ id: { S } })) } } };
    expect(staleAnswers(db, 'BatchGetItem', both)).toEqual([
      [A, { Responses: { Things: [item('b', '1')] }, UnprocessedKeys: {} }],
      [B, { Responses: { Things: [item('a', '1')] }, UnprocessedKeys: {} }],
    ]);
  });

  it('DD-17 is not offered where it would answer the same', () => {
    const db = mayBeStale();
    put(db, 'a', '1');
    put(db, 'b', '1');
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([]);
    put(db, 'a', '2');
    expect(staleAnswers(db, 'GetItem', { ...GET_A, ProjectionExpression: 'id' })).toEqual([]);
    expect(staleAnswers(db, 'GetItem', { ...GET_A, TableName: 'Nowhere' })).toEqual([]);
    expect(staleAnswers(db, 'GetItem', { ...GET_A, Key: {} })).toEqual([]);
  });

  it('DD-17 is not offered without a budget, which keeps nothing of what was replaced', () => {
    const db = withThings(item('a', '1'));
    put(db, 'a', '2');
    expect(staleAnswers(db, 'GetItem', GET_A)).toEqual([]);
    expect(staleAnswers(mayBeStale(db), 'GetItem', GET_A)).toEqual([]);
  });
});
