/**
 * Facts about DynamoDB: at least one test for each that this service implements. A test's name begins with the fact's id.
 *
 * The sources are in the README of this folder.
 */

import { describe, expect, it } from 'vitest';
import { notesIn } from '../../contract/service-for-tests.ts';
import { withOrders, withThings } from './dynamodb-for-tests.ts';

const KEY = { id: { S: 'a' } };
const THING = { TableName: 'Things', Key: KEY };

function error(code: string, message: string, members?: object) {
  return { code, message, status: 400, ...(members && { members }) };
}

describe('conditional writes', () => {
  const failed = error('ConditionalCheckFailedException', 'The conditional request failed');

  it('DD-01 a failed condition answers 400 and writes nothing, for Put, Update and Delete', () => {
    const db = withThings({ ...KEY, n: { N: '1' } });
    const condition = { ConditionExpression: 'attribute_not_exists(id)' };
    expect(db.errorOf('PutItem', { TableName: 'Things', Item: KEY, ...condition })).toEqual(failed);
    expect(db.errorOf('DeleteItem', { ...THING, ...condition })).toEqual(failed);
    expect(db.errorOf('UpdateItem', { ...THING, UpdateExpression: 'REMOVE n', ...condition })).toEqual(failed);
    expect(db.item('Things', KEY)).toEqual({ ...KEY, n: { N: '1' } });
  });

  it('DD-01 a failed condition carries the item if ReturnValuesOnConditionCheckFailure is ALL_OLD', () => {
    const db = withThings({ ...KEY, n: { N: '1' } });
    const input = { ...THING, ConditionExpression: 'n > id', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(db.errorOf('DeleteItem', input).members).toEqual({ Item: { ...KEY, n: { N: '1' } } });
    expect(db.errorOf('DeleteItem', { ...input, ReturnValuesOnConditionCheckFailure: 'NONE' })).toEqual(failed);
  });

  it('DD-01 a failed condition on a missing item carries no item', () => {
    const input = {
      ...THING,
      ConditionExpression: 'attribute_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    expect(withThings().errorOf('DeleteItem', input)).toEqual(failed);
  });

  it.each(['ADD n :one', 'SET n = if_not_exists(n, :one) + :one'])(
    'DD-02 %s counts, and counts again on a retry',
    (update) => {
      const db = withThings({ ...KEY, n: { N: '5' } });
      const input = { ...THING, UpdateExpression: update, ExpressionAttributeValues: { ':one': { N: '1' } } };
      db.ask('UpdateItem', input);
      db.ask('UpdateItem', input);
      expect(db.item('Things', KEY)).toEqual({ ...KEY, n: { N: '7' } });
    },
  );

  it('DD-03 of two writers that expect the same version, one is refused', () => {
    const db = withThings({ ...KEY, version: { N: '1' } });
    const write = (by: string) => ({
      TableName: 'Things',
      Item: { ...KEY, version: { N: '2' }, by: { S: by } },
      ConditionExpression: 'version = :expected',
      ExpressionAttributeValues: { ':expected': { N: '1' } },
    });
    db.ask('PutItem', write('first'));
    expect(db.errorOf('PutItem', write('second'))).toEqual(failed);
    expect(db.item('Things', KEY)).toMatchObject({ by: { S: 'first' } });
  });
});

describe('consistency', () => {
  const query = (index: string | undefined, attribute: string) => ({
    TableName: 'Orders',
    IndexName: index,
    KeyConditionExpression: `#a = :v`,
    ExpressionAttributeNames: { '#a': attribute },
    ExpressionAttributeValues: { ':v': { S: 'x' } },
    ConsistentRead: true,
  });

  it('DD-04 a consistent read of a table and of a local index is allowed', () => {
    expect(withOrders().ask('Query', query(undefined, 'customer'))).toMatchObject({ Count: 0 });
    expect(withOrders().ask('Query', query('by-placed', 'customer'))).toMatchObject({ Count: 0 });
  });

  it('DD-04 a consistent read of a global index is refused, for Query and Scan', () => {
    const refused = error('ValidationException', 'Consistent reads are not supported on global secondary indexes');
    expect(withOrders().errorOf('Query', query('by-state', 'state'))).toEqual(refused);
    const scan = { TableName: 'Orders', IndexName: 'by-state', ConsistentRead: true };
    expect(withOrders().errorOf('Scan', scan)).toEqual(refused);
  });
});

describe('transactions', () => {
  const put = (id: string, extra: object = {}) => ({ Put: { TableName: 'Things', Item: { id: { S: id } }, ...extra } });
  const unlessThere = { ConditionExpression: 'attribute_not_exists(id)' };

  it('DD-05 a transaction writes all of its items', () => {
    const db = withThings({ id: { S: 'old' } });
    db.ask('TransactWriteItems', {
      TransactItems: [
        put('a'),
        { Delete: { TableName: 'Things', Key: { id: { S: 'old' } } } },
        {
          Update: {
            TableName: 'Things',
            Key: { id: { S: 'b' } },
            UpdateExpression: 'SET n = :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          },
        },
        { ConditionCheck: { TableName: 'Things', Key: { id: { S: 'c' } }, ...unlessThere } },
      ],
    });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 2 });
    expect(db.item('Things', { id: { S: 'b' } })).toEqual({ id: { S: 'b' }, n: { N: '1' } });
  });

  it('DD-05 a transaction with one failed condition writes nothing at all', () => {
    const db = withThings(KEY);
    db.errorOf('TransactWriteItems', { TransactItems: [put('b'), put('a', unlessThere), put('c')] });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 1 });
  });

  it('DD-05 a condition check writes nothing, and is a read', () => {
    const check = { TableName: 'Things', Key: KEY, ConditionExpression: 'attribute_exists(id)' };
    const { footprint, effects } = withThings(KEY).call('TransactWriteItems', {
      TransactItems: [{ ConditionCheck: check }, put('b')],
    });
    expect(footprint).toEqual({
      reads: ['dynamodb/Things/{"id":{"S":"a"}}', 'dynamodb/Things/{"id":{"S":"b"}}'],
      writes: ['dynamodb/Things/{"id":{"S":"b"}}'],
      adds: [],
    });
    expect(notesIn(effects)).toHaveLength(1);
  });

  it('DD-05 a transaction with two actions on one item is refused', () => {
    expect(withThings().errorOf('TransactWriteItems', { TransactItems: [put('a'), put('a')] })).toEqual(
      error('ValidationException', 'Transaction request cannot include multiple operations on one item'),
    );
  });

  it('DD-05 a transaction has 1 to 100 actions', () => {
    const items = (count: number) => Array.from({ length: count }, (_, at) => put(`thing-${at}`));
    expect(withThings().ask('TransactWriteItems', { TransactItems: items(100) })).toEqual({});
    expect(withThings().errorOf('TransactWriteItems', { TransactItems: items(101) }).message).toContain(
      'Member must have length less than or equal to 100',
    );
    expect(withThings().errorOf('TransactWriteItems', { TransactItems: [] }).message).toContain(
      'Member must have length greater than or equal to 1',
    );
  });

  it('DD-05 a transaction has at most 4 MB', () => {
    const large = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        Put: { TableName: 'Things', Item: { id: { S: `thing-${at}` }, pad: { S: 'x'.repeat(400_000) } } },
      }));
    expect(withThings().ask('TransactWriteItems', { TransactItems: large(10) })).toEqual({});
    const db = withThings();
    expect(db.errorOf('TransactWriteItems', { TransactItems: large(11) }).code).toBe('ValidationException');
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 0 });
  });

  it('DD-06 a cancelled transaction gives a reason for each action, in order, None for actions without a problem', () => {
    const db = withThings({ ...KEY, n: { N: '1' } });
    const items = [
      put('new', unlessThere),
      put('a', { ...unlessThere, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      put('other'),
    ];
    expect(db.errorOf('TransactWriteItems', { TransactItems: items })).toEqual(
      error(
        'TransactionCanceledException',
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
        {
          CancellationReasons: [
            { Code: 'None' },
            {
              Code: 'ConditionalCheckFailed',
              Message: 'The conditional request failed',
              Item: { ...KEY, n: { N: '1' } },
            },
            { Code: 'None' },
          ],
        },
      ),
    );
  });

  it('DD-06 a problem of one item cancels with ValidationError', () => {
    const db = withThings({ ...KEY, n: { S: 'text' } });
    const items = [
      put('b'),
      { Update: { ...THING, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } } } },
      { Put: { TableName: 'Things', Item: { id: { N: '5' } } } },
    ];
    expect(db.errorOf('TransactWriteItems', { TransactItems: items }).members).toEqual({
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ValidationError',
          Message: 'An operand in the update expression has an incorrect data type',
        },
        {
          Code: 'ValidationError',
          Message: 'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N',
        },
      ],
    });
  });

  it('DD-06 a problem of the request is not a cancellation', () => {
    const items = [put('a', { ConditionExpression: 'attribute_not_exists(' })];
    expect(withThings().errorOf('TransactWriteItems', { TransactItems: items })).toEqual(
      error('ValidationException', 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("'),
    );
  });

  it('DD-08 a repetition with the same token within ten minutes succeeds and writes nothing', () => {
    const db = withThings();
    const add = { Update: { ...THING, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } } } };
    const input = { TransactItems: [add], ClientRequestToken: 'token' };
    db.ask('TransactWriteItems', input);
    db.nowMs = 10 * 60_000 - 1;
    db.ask('TransactWriteItems', input);
    expect(db.item('Things', KEY)).toEqual({ ...KEY, n: { N: '1' } });
    db.nowMs = 10 * 60_000;
    db.ask('TransactWriteItems', input);
    expect(db.item('Things', KEY)).toEqual({ ...KEY, n: { N: '2' } });
  });

  it('DD-08 the same token with another request is refused', () => {
    const db = withThings();
    db.ask('TransactWriteItems', { TransactItems: [put('a')], ClientRequestToken: 'token' });
    const other = { TransactItems: [put('b')], ClientRequestToken: 'token' };
    expect(db.errorOf('TransactWriteItems', other).code).toBe('IdempotentParameterMismatchException');
    expect(db.item('Things', { id: { S: 'b' } })).toBeUndefined();
  });

  it('DD-08 a cancelled transaction does not use up its token', () => {
    const db = withThings(KEY);
    const input = { TransactItems: [put('a', unlessThere)], ClientRequestToken: 'token' };
    expect(db.errorOf('TransactWriteItems', input).code).toBe('TransactionCanceledException');
    db.ask('DeleteItem', THING);
    expect(db.ask('TransactWriteItems', input)).toEqual({});
    expect(db.item('Things', KEY)).toEqual(KEY);
  });

  it('DD-09 a transaction reads all of its items at one point', () => {
    const db = withThings({ ...KEY, n: { N: '1' } });
    const get = (id: string) => ({ Get: { TableName: 'Things', Key: { id: { S: id } } } });
    const { answer, footprint } = db.call('TransactGetItems', { TransactItems: [get('missing'), get('a')] });
    expect(answer).toEqual({ ok: true, output: { Responses: [{}, { Item: { ...KEY, n: { N: '1' } } }] } });
    expect(footprint).toEqual({
      reads: ['dynamodb/Things/{"id":{"S":"missing"}}', 'dynamodb/Things/{"id":{"S":"a"}}'],
      writes: [],
    });
  });
});

describe('batches', () => {
  const puts = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ PutRequest: { Item: { id: { S: `${at}` } } } }));

  it('DD-10 a batch takes 25 writes and no more', () => {
    const db = withThings();
    expect(db.ask('BatchWriteItem', { RequestItems: { Things: puts(25) } })).toEqual({ UnprocessedItems: {} });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 25 });
    expect(db.errorOf('BatchWriteItem', { RequestItems: { Things: puts(26) } }).message).toBe(
      "1 validation error detected: Value at 'RequestItems.Things.member' failed to satisfy constraint: " +
        'Member must have length less than or equal to 25',
    );
  });

  it('DD-10 a batch accepts no conditions', () => {
    const request = { PutRequest: { Item: KEY, ConditionExpression: 'attribute_not_exists(id)' } };
    expect(withThings().errorOf('BatchWriteItem', { RequestItems: { Things: [request] } })).toMatchObject({
      code: 'RaceproofNotSimulated',
      message: 'ConditionExpression in PutRequest is not simulated.',
    });
  });
});

describe('time to live', () => {
  const specification = { TableName: 'Things', TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };

  it('DD-11 an expired item is still read, at any later time', () => {
    const db = withThings({ ...KEY, expires: { N: '1' } });
    db.ask('UpdateTimeToLive', specification);
    db.nowMs = 400 * 24 * 3600 * 1000;
    expect(db.item('Things', KEY)).toEqual({ ...KEY, expires: { N: '1' } });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 1 });
  });

  it('DD-11 a lock that relies on TTL alone is never free again; one that compares the time is', () => {
    const db = withThings({ ...KEY, expires: { N: '1000' } });
    db.ask('UpdateTimeToLive', specification);
    const take = { TableName: 'Things', Item: { ...KEY, expires: { N: '3000' } } };
    const now = { ExpressionAttributeValues: { ':now': { N: '2000' } } };
    const trusting = { ...take, ConditionExpression: 'attribute_not_exists(id)' };
    expect(db.errorOf('PutItem', trusting).code).toBe('ConditionalCheckFailedException');
    db.ask('PutItem', { ...take, ConditionExpression: 'attribute_not_exists(id) OR expires < :now', ...now });
    expect(db.item('Things', KEY)).toEqual({ ...KEY, expires: { N: '3000' } });
  });

  it('DD-11 TTL is described as it was set', () => {
    const db = withThings();
    const described = () => db.ask('DescribeTimeToLive', { TableName: 'Things' }).TimeToLiveDescription;
    expect(described()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    db.ask('UpdateTimeToLive', specification);
    expect(described()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    expect(db.errorOf('UpdateTimeToLive', specification).message).toBe('TimeToLive is already enabled');
  });
});
