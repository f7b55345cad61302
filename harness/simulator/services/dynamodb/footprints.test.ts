/**
 * The footprints of DynamoDB are true: two calls whose footprints do not conflict may come in either order.
 *
 * Exploration leaves out orders for this reason, so the law is tested with every operation that handlers use.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflict } from '../../kernel/footprint.ts';
import { type DynamoDBForTests, withStreamedThings, withThings } from './dynamodb-for-tests.ts';

interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const TableName = 'Things';
const id = fc.constantFrom('a', 'b', 'c', 'd').map((S) => ({ id: { S } }));
const condition = fc.constantFrom(
  {},
  { ConditionExpression: 'attribute_not_exists(id)' },
  { ConditionExpression: 'attribute_exists(n)' },
);
const increment = {
  UpdateExpression: 'ADD n :one',
  ExpressionAttributeValues: { ':one': { N: '1' } },
};

const ONE = { ExpressionAttributeValues: { ':one': { N: '1' } } };
const addition = fc
  .constantFrom('ADD n :one', 'ADD m :one', 'ADD m :one, b :one', 'ADD b :one, n :one')
  .map((UpdateExpression) => ({ UpdateExpression, ...ONE }));

const write = fc.oneof(
  fc
    .record({ key: id, more: condition })
    .map(({ key, more }) => ({ Put: { TableName, Item: { ...key, n: { N: '7' } }, ...more } })),
  fc.record({ key: id, more: condition }).map(({ key, more }) => ({ Delete: { TableName, Key: key, ...more } })),
  fc.record({ key: id }).map(({ key }) => ({ Update: { TableName, Key: key, ...increment } })),
  fc.record({ key: id }).map(({ key }) => ({
    ConditionCheck: { TableName, Key: key, ConditionExpression: 'attribute_exists(id)' },
  })),
);

const call: fc.Arbitrary<Call> = fc.oneof(
  id.map((Key) => ({ operation: 'GetItem', input: { TableName, Key } })),
  fc.record({ key: id, more: condition }).map(({ key, more }) => ({
    operation: 'PutItem',
    input: { TableName, Item: { ...key, n: { N: '1' } }, ReturnValues: 'ALL_OLD', ...more },
  })),
  id.map((Key) => ({ operation: 'UpdateItem', input: { TableName, Key, ...increment, ReturnValues: 'ALL_NEW' } })),
  fc.record({ Key: id, add: addition }).map(({ Key, add }) => ({
    operation: 'UpdateItem',
    input: { TableName, Key, ...add },
  })),
  fc.record({ key: id, more: condition }).map(({ key, more }) => ({
    operation: 'DeleteItem',
    input: { TableName, Key: key, ReturnValues: 'ALL_OLD', ...more },
  })),
  fc.constant({ operation: 'Scan', input: { TableName } }),
  id.map((key) => ({
    operation: 'Query',
    input: { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': key.id } },
  })),
  fc.uniqueArray(id, { minLength: 1, maxLength: 2, selector: (key) => key.id.S }).map((Keys) => ({
    operation: 'BatchGetItem',
    input: { RequestItems: { [TableName]: { Keys } } },
  })),
  fc.uniqueArray(id, { minLength: 1, maxLength: 2, selector: (key) => key.id.S }).map((keys) => ({
    operation: 'BatchWriteItem',
    input: { RequestItems: { [TableName]: keys.map((Key) => ({ DeleteRequest: { Key } })) } },
  })),
  fc.uniqueArray(id, { minLength: 1, maxLength: 2, selector: (key) => key.id.S }).map((keys) => ({
    operation: 'TransactGetItems',
    input: { TransactItems: keys.map((Key) => ({ Get: { TableName, Key } })) },
  })),
  fc
    .record({ items: fc.array(write, { minLength: 1, maxLength: 2 }), token: fc.constantFrom(undefined, 't1', 't2') })
    .map(({ items, token }) => ({
      operation: 'TransactWriteItems',
      input: { TransactItems: items, ...(token === undefined ? {} : { ClientRequestToken: token }) },
    })),
);

/** The answers of both calls in this order, and the state afterwards: what is in the table, and what is on its stream. */
function inOrder(
  db: DynamoDBForTests,
  calls: readonly Call[],
): { readonly answers: readonly unknown[]; readonly left: unknown; readonly streamed: unknown } {
  const copy = db.copy();
  const answers = calls.map(({ operation, input }) => copy.call(operation, input).answer);
  const streamed = copy.state.tables.get(TableName)?.stream?.records;
  return { answers, left: copy.ask('Scan', { TableName }).Items, streamed };
}

const byId = (items: unknown): unknown[] =>
  [...(items as { id: { S: string } }[])].sort((a, b) => a.id.S.localeCompare(b.id.S));

describe('calls of DynamoDB whose footprints do not conflict', () => {
  it.each([
    ['', withThings],
    [' of a table with a stream', withStreamedThings],
  ])('may come in either order, with the same answers and the same items left%s', (_what, withTable) => {
    let independent = 0;
    fc.assert(
      fc.property(fc.array(call, { maxLength: 4 }), call, call, (before, first, second) => {
        const db = withTable();
        for (const { operation, input } of before) db.call(operation, input);
        const one = db.copy().call(first.operation, first.input).footprint;
        const other = db.copy().call(second.operation, second.input).footprint;
        if (conflict(one, other)) return;
        independent += 1;
        const forwards = inOrder(db, [first, second]);
        const backwards = inOrder(db, [second, first]);
        expect([...backwards.answers].reverse()).toEqual(forwards.answers);
        expect(backwards.streamed).toEqual(forwards.streamed);
        // As texts, since code can see in which order the attributes of an item stand.
        expect(JSON.stringify(byId(backwards.left))).toBe(JSON.stringify(byId(forwards.left)));
      }),
      { numRuns: 4_000 },
    );
    expect(independent).toBeGreaterThan(200);
  });
});
