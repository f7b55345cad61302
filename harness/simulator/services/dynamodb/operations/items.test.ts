/**
 * The operations on single items: their answers, their refusals, and their footprints.
 *
 * Conditions and updates are tested beside the expressions.
 */

import { describe, expect, it } from 'vitest';
import { DynamoDBForTests, withOrders, withThings } from '../dynamodb-for-tests.ts';

const KEY = { id: { S: 'a' } };
const PATH = 'dynamodb/Things/{"id":{"S":"a"}}';
const put = (item: object) => ({ TableName: 'Things', Item: item });
const at = (key: object) => ({ TableName: 'Things', Key: key });

describe('return values', () => {
  const old = { ...KEY, n: { N: '1' }, doc: { M: { a: { N: '1' }, b: { N: '2' } } } };
  const update = {
    ...at(KEY),
    UpdateExpression: 'SET n = :v, doc.a = :v, fresh = :v',
    ExpressionAttributeValues: { ':v': { N: '9' } },
  };

  it.each([
    ['NONE', undefined],
    ['ALL_OLD', old],
    ['UPDATED_OLD', { n: { N: '1' }, doc: { M: { a: { N: '1' } } } }],
    ['UPDATED_NEW', { n: { N: '9' }, doc: { M: { a: { N: '9' } } }, fresh: { N: '9' } }],
    ['ALL_NEW', { ...KEY, n: { N: '9' }, doc: { M: { a: { N: '9' }, b: { N: '2' } } }, fresh: { N: '9' } }],
  ])('of an update: %s', (ReturnValues, attributes) => {
    expect(withThings(old).ask('UpdateItem', { ...update, ReturnValues })).toEqual(
      attributes === undefined ? {} : { Attributes: attributes },
    );
  });

  it('of a put and a deletion: the old item, if there was one', () => {
    const wanted = { ReturnValues: 'ALL_OLD' };
    expect(withThings(old).ask('PutItem', { ...put(KEY), ...wanted })).toEqual({ Attributes: old });
    expect(withThings(old).ask('DeleteItem', { ...at(KEY), ...wanted })).toEqual({ Attributes: old });
    expect(withThings().ask('PutItem', { ...put(KEY), ...wanted })).toEqual({});
    expect(withThings().ask('DeleteItem', { ...at(KEY), ...wanted })).toEqual({});
  });

  it('that an operation does not have are refused', () => {
    expect(withThings().errorOf('PutItem', { ...put(KEY), ReturnValues: 'ALL_NEW' }).message).toBe(
      'ReturnValues can only be ALL_OLD or NONE',
    );
    expect(withThings().errorOf('UpdateItem', { ...update, ReturnValues: 'SOME' }).message).toBe(
      "1 validation error detected: Value 'SOME' at 'returnValues' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]',
    );
  });
});

describe('keys', () => {
  const mismatch = 'The provided key element does not match the schema';

  it.each([
    ['of another type', { id: { N: '1' } }, mismatch],
    ['with too much', { ...KEY, more: { S: 'x' } }, mismatch],
    ['with too little', {}, mismatch],
    [
      'that are empty',
      { id: { S: '' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      'that are too long',
      { id: { S: 'é'.repeat(1025) } },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
  ])('%s are refused', (_, key, message) => {
    expect(withThings().errorOf('GetItem', at(key)).message).toBe(message);
  });

  it.each([
    [{ n: { N: '1' } }, 'One or more parameter values were invalid: Missing the key id in the item'],
    [
      { id: { BOOL: true } },
      'One or more parameter values were invalid: Type mismatch for key id expected: S actual: BOOL',
    ],
  ])('must be in an item: %o', (item, message) => {
    expect(withThings().errorOf('PutItem', put(item)).message).toBe(message);
  });

  it('are the same for equal numbers, however they are written', () => {
    const db = withOrders({ customer: { S: 'c' }, number: { N: '1.0' }, amount: { N: '5' } });
    expect(db.item('Orders', { customer: { S: 'c' }, number: { N: '10e-1' } })).toMatchObject({ amount: { N: '5' } });
  });

  it('that sort may have 1,024 bytes, and numbers only their own limit', () => {
    const db = new DynamoDBForTests();
    const key = (sort: string) => ({ TableName: 'Notes', Key: { by: { N: '1' }, at: { S: sort } } });
    db.ask('CreateTable', {
      TableName: 'Notes',
      KeySchema: [
        { AttributeName: 'by', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'by', AttributeType: 'N' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(db.ask('GetItem', key('x'.repeat(1024)))).toEqual({});
    expect(db.errorOf('GetItem', key('x'.repeat(1025))).message).toBe(
      'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
  });

  it('of indexes may be absent, but not of another type or empty', () => {
    const order = { customer: { S: 'c' }, number: { N: '1' } };
    const message = (item: object) => withOrders().errorOf('PutItem', { TableName: 'Orders', Item: item }).message;
    expect(withOrders(order).item('Orders', order)).toEqual(order);
    expect(message({ ...order, state: { N: '1' } })).toBe(
      'One or more parameter values were invalid: Type mismatch for Index Key state Expected: S Actual: N IndexName: by-state',
    );
    expect(message({ ...order, state: { S: '' } })).toBe(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The ' +
        'AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-state, IndexKey: state',
    );
  });
});

describe('values', () => {
  const message = (value: unknown) => withThings().errorOf('PutItem', put({ ...KEY, v: value })).message;
  const nested = (levels: number): object => (levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] });

  it.each([
    [{}, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
    [
      { S: 'x', N: '1' },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [{ SS: [] }, 'One or more parameter values were invalid: An string set  may not be empty'],
    [{ SS: ['a', 'a'] }, 'One or more parameter values were invalid: Input collection [a, a] contains duplicates.'],
    [{ NS: ['1', '1.0'] }, 'Input collection contains duplicates'],
    [
      { NULL: false },
      'One or more parameter values were invalid: Null attribute value types must have the value of true',
    ],
    [{ N: 'abc' }, 'The parameter cannot be converted to a numeric value: abc'],
    [{ N: 5 }, 'NUMBER_VALUE cannot be converted to String'],
    ['plain', 'Unexpected value type in payload'],
  ])('%o is refused', (value, expected) => {
    expect(message(value)).toBe(expected);
  });

  it('may be nested 32 levels deep and no deeper', () => {
    expect(withThings({ ...KEY, v: nested(31) }).item('Things', KEY)).toHaveProperty('v');
    expect(message(nested(32))).toBe('Nesting Levels have exceeded supported limits');
  });

  it('may be empty strings and binaries outside keys', () => {
    const item = { ...KEY, s: { S: '' }, b: { B: new Uint8Array() } };
    expect(withThings(item).item('Things', KEY)).toEqual(item);
  });

  it('are copied from binaries of any kind', () => {
    const item = { ...KEY, b: { B: Buffer.from('xyz').subarray(1) } };
    expect(withThings(item).item('Things', KEY)).toEqual({ ...KEY, b: { B: new Uint8Array([121, 122]) } });
  });
});

describe('the size of an item', () => {
  // Two bytes for the name «id», one for its value, four for the name «text».
  const ofSize = (bytes: number) => ({ ...KEY, text: { S: 'x'.repeat(bytes - 7) } });

  it('is at most 400 KB', () => {
    expect(withThings().ask('PutItem', put(ofSize(409_600)))).toEqual({});
    expect(withThings().errorOf('PutItem', put(ofSize(409_601))).message).toBe(
      'Item size has exceeded the maximum allowed size',
    );
  });

  it('is checked after an update', () => {
    const update = { ...at(KEY), UpdateExpression: 'SET b = :b', ExpressionAttributeValues: { ':b': { BOOL: true } } };
    const db = withThings(ofSize(409_600));
    expect(db.errorOf('UpdateItem', update).message).toBe('Item size to update has exceeded the maximum allowed size');
    expect(db.item('Things', KEY)).not.toHaveProperty('b');
  });
});

describe('footprints', () => {
  const condition = { ConditionExpression: 'attribute_exists(id)' };

  it('of reads name the item, found or not', () => {
    expect(withThings().call('GetItem', at(KEY)).footprint).toEqual({ reads: [PATH], writes: [] });
  });

  it('of writes name the item as read and written', () => {
    const update = { ...at(KEY), UpdateExpression: 'REMOVE n' };
    for (const [operation, input] of [
      ['PutItem', put(KEY)],
      ['UpdateItem', update],
      ['DeleteItem', at(KEY)],
    ] as const) {
      expect(withThings().call(operation, input).footprint).toEqual({ reads: [PATH], writes: [PATH] });
    }
  });

  it('of additions name the item as added to, also where there is no number yet', () => {
    const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    const db = withThings();
    for (let times = 0; times < 2; times += 1) {
      expect(db.call('UpdateItem', { ...at(KEY), ...add }).footprint).toEqual({ reads: [], writes: [], adds: [PATH] });
    }
    const told = { ...at(KEY), ...add, ReturnValues: 'UPDATED_NEW' };
    expect(db.call('UpdateItem', told).footprint).toEqual({ reads: [PATH], writes: [PATH] });
  });

  it('of failed conditions are reads', () => {
    expect(withThings().call('DeleteItem', { ...at(KEY), ...condition }).footprint).toEqual({
      reads: [PATH],
      writes: [],
    });
  });

  it('of updates that do not fit the item are reads', () => {
    const input = { ...at(KEY), UpdateExpression: 'SET a = b' };
    expect(withThings().call('UpdateItem', input).footprint).toEqual({ reads: [PATH], writes: [] });
  });

  it('of composite keys have the partition first', () => {
    const { footprint } = withOrders().call('GetItem', {
      TableName: 'Orders',
      Key: { number: { N: '7' }, customer: { S: 'c/d' } },
    });
    expect(footprint.reads).toEqual(['dynamodb/Orders/{"customer":{"S":"c/d"}}/{"number":{"N":"7"}}']);
  });
});

describe('events', () => {
  it('contain the item before and after', () => {
    const db = withThings();
    const changed = { kind: 'item-changed', table: 'Things', key: KEY };
    const note = { kind: 'note', by: 'tester', isAside: true };
    expect(db.call('PutItem', put({ ...KEY, n: { N: '1' } })).effects).toEqual([
      { ...note, event: { ...changed, before: null, after: { ...KEY, n: { N: '1' } } } },
    ]);
    expect(db.call('DeleteItem', at(KEY)).effects).toEqual([
      { ...note, event: { ...changed, before: { ...KEY, n: { N: '1' } }, after: null } },
    ]);
  });

  it('are absent if a deletion finds nothing', () => {
    expect(withThings().call('DeleteItem', at(KEY)).effects).toEqual([]);
  });
});

describe('tables', () => {
  it('that do not exist are not found', () => {
    const db = new DynamoDBForTests();
    const missing = { code: 'ResourceNotFoundException', message: 'Requested resource not found', status: 400 };
    expect(db.errorOf('GetItem', at(KEY))).toEqual(missing);
    expect(db.errorOf('DescribeTable', { TableName: 'Things' }).message).toBe(
      'Requested resource not found: Table: Things not found',
    );
  });

  it.each([
    [
      {},
      "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    ],
    [
      { TableName: 'a b c' },
      "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      { TableName: '' },
      "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { TableName: 'a'.repeat(256) },
      `1 validation error detected: Value '${'a'.repeat(256)}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255`,
    ],
    [
      { TableName: 'arn:aws:dynamodb:us-east-1:1:table/x' },
      'A table of another account or Region («arn:aws:dynamodb:us-east-1:1:table/x») is not simulated.',
    ],
  ])('with the name in %o are refused', (input, message) => {
    expect(withThings().errorOf('DescribeTable', input).message).toBe(message);
  });
});
