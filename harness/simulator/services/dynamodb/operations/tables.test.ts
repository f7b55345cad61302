/**
 * The life of tables: created, described, listed, deleted.
 */

import { describe, expect, it } from 'vitest';
import { withOrders, withThings } from '../dynamodb-for-tests.ts';

describe('tables', () => {
  const definition = {
    TableName: 'New',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  };

  it('are described as they were created', () => {
    const db = withThings();
    db.ask('CreateTable', {
      ...definition,
      BillingMode: undefined,
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    });
    expect(db.ask('DescribeTable', { TableName: 'New' }).Table).toMatchObject({
      TableName: 'New',
      TableStatus: 'ACTIVE',
      KeySchema: definition.KeySchema,
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    });
    expect(db.ask('ListTables', {})).toEqual({ TableNames: ['New', 'Things'] });
    expect(db.ask('ListTables', { Limit: 1 })).toEqual({ TableNames: ['New'], LastEvaluatedTableName: 'New' });
    expect(db.ask('ListTables', { ExclusiveStartTableName: 'New' })).toEqual({ TableNames: ['Things'] });
  });

  it('describe their indexes', () => {
    expect(withOrders().ask('DescribeTable', { TableName: 'Orders' }).Table).toMatchObject({
      LocalSecondaryIndexes: [{ IndexName: 'by-placed', Projection: { ProjectionType: 'KEYS_ONLY' } }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          IndexStatus: 'ACTIVE',
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['amount'] },
        },
      ],
    });
  });

  it('can be deleted, unless they are protected', () => {
    const db = withThings({ id: { S: 'a' } });
    expect(db.ask('DeleteTable', { TableName: 'Things' }).TableDescription).toMatchObject({ TableStatus: 'DELETING' });
    expect(db.errorOf('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } }).code).toBe(
      'ResourceNotFoundException',
    );
    db.ask('CreateTable', { ...definition, DeletionProtectionEnabled: true });
    expect(db.errorOf('DeleteTable', { TableName: 'New' }).message).toContain('protected against deletion');
  });

  it('DD-15 are described with what AWS makes of them: id, time, warm throughput, and the throughput of each index', () => {
    const { Table } = withOrders().ask('DescribeTable', { TableName: 'Orders' }) as { Table: Record<string, unknown> };
    expect(Table).toMatchObject({
      TableId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      CreationDateTime: 1_767_225_600,
      WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' },
      GlobalSecondaryIndexes: [
        {
          ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
          WarmThroughput: { ReadUnitsPerSecond: 12_000 },
        },
      ],
    });
    const db = withThings();
    const ProvisionedThroughput = { ReadCapacityUnits: 3, WriteCapacityUnits: 4 };
    db.ask('CreateTable', {
      ...{ TableName: 'New', BillingMode: 'PROVISIONED', KeySchema: definition.KeySchema, ProvisionedThroughput },
      AttributeDefinitions: [...definition.AttributeDefinitions, { AttributeName: 'n', AttributeType: 'N' }],
      GlobalSecondaryIndexes: [
        {
          ...{ IndexName: 'by-n', KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }] },
          ...{
            Projection: { ProjectionType: 'ALL' },
            ProvisionedThroughput: { ...ProvisionedThroughput, ReadCapacityUnits: 5 },
          },
        },
      ],
    });
    expect(db.ask('DescribeTable', { TableName: 'New' }).Table).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 3, WriteUnitsPerSecond: 4 },
      GlobalSecondaryIndexes: [
        { ProvisionedThroughput: { ReadCapacityUnits: 5 }, WarmThroughput: { ReadUnitsPerSecond: 5 } },
      ],
    });
  });

  it('DD-15 are described without their keys when they are deleted, and the next of the name is another table', () => {
    const db = withThings();
    const idOf = () => (db.ask('DescribeTable', { TableName: 'Things' }).Table as Record<string, unknown>).TableId;
    const first = idOf();
    const { TableDescription } = db.ask('DeleteTable', { TableName: 'Things' });
    expect(TableDescription).toMatchObject({ TableStatus: 'DELETING', TableId: first });
    expect(TableDescription).not.toHaveProperty('KeySchema');
    expect(TableDescription).not.toHaveProperty('AttributeDefinitions');
    db.ask('CreateTable', { ...definition, TableName: 'Things' });
    expect(idOf()).not.toBe(first);
  });

  it('DD-13 are named by their ARN as well as by their name, in every operation', () => {
    const db = withThings({ id: { S: 'a' } });
    const { TableArn: TableName } = db.ask('DescribeTable', { TableName: 'Things' }).Table as Record<string, string>;
    const Key = { id: { S: 'a' } };
    expect(TableName).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/Things');
    const byName = db.call('GetItem', { TableName: 'Things', Key });
    expect(db.call('GetItem', { TableName, Key })).toEqual(byName);
    expect(db.call('PutItem', { TableName, Item: { id: { S: 'b' } } }).footprint.writes).toEqual([
      'dynamodb/Things/{"id":{"S":"b"}}',
    ]);
    db.ask('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: { id: { S: 'c' } } } }] });
    db.ask('BatchWriteItem', { RequestItems: { [TableName ?? '']: [{ DeleteRequest: { Key: { id: { S: 'b' } } } }] } });
    expect(db.ask('Scan', { TableName }).Count).toBe(2);
    expect(db.ask('DeleteTable', { TableName }).TableDescription).toMatchObject({ TableName: 'Things' });
    const refused = db.call('GetItem', { TableName, Key });
    expect(refused.footprint.reads).toEqual(['dynamodb/Things']);
  });

  it('DD-13 are named in the answer to a BatchGetItem as the request names them', () => {
    const db = withThings({ id: { S: 'a' } });
    const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
    expect(db.ask('BatchGetItem', { RequestItems: { [arn]: { Keys: [{ id: { S: 'a' } }] } } }).Responses).toEqual({
      [arn]: [{ id: { S: 'a' } }],
    });
  });

  it('DD-14 may have tags, which change nothing', () => {
    const tagged = withThings();
    tagged.ask('CreateTable', { ...definition, Tags: [{ Key: 'team', Value: 'shop' }] });
    const plain = withThings();
    plain.ask('CreateTable', definition);
    expect(tagged.ask('DescribeTable', { TableName: 'New' })).toEqual(plain.ask('DescribeTable', { TableName: 'New' }));
  });

  it('exist once', () => {
    expect(withThings().errorOf('CreateTable', { ...definition, TableName: 'Things' })).toEqual({
      code: 'ResourceInUseException',
      message: 'Table already exists: Things',
      status: 400,
    });
  });

  it.each([
    [
      { KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] },
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
    [
      { AttributeDefinitions: [] },
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: []',
    ],
    [
      { AttributeDefinitions: [...definition.AttributeDefinitions, { AttributeName: 'x', AttributeType: 'N' }] },
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      { BillingMode: 'PROVISIONED' },
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ],
    [
      {
        KeySchema: [...definition.KeySchema, { AttributeName: 'n', KeyType: 'SORT' }],
      },
      "1 validation error detected: Value 'SORT' at 'keySchema.2.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
    ],
    [
      {
        GlobalSecondaryIndexes: [
          {
            ...{ IndexName: 'wide', Projection: { ProjectionType: 'ALL' } },
            KeySchema: [...definition.KeySchema, { AttributeName: 'n', KeyType: 'HASH' }],
          },
        ],
      },
      'An index whose keys have several attributes is not simulated.',
    ],
    [
      {
        GlobalSecondaryIndexes: [
          {
            ...{ IndexName: 'warm', Projection: { ProjectionType: 'ALL' }, KeySchema: definition.KeySchema },
            WarmThroughput: {},
          },
        ],
      },
      'WarmThroughput in GlobalSecondaryIndexes is not simulated.',
    ],
    [{ TableName: 'ab' }, 'TableName must be at least 3 characters long and at most 255 characters long'],
    [{ SSESpecification: { Enabled: true } }, 'SSESpecification in CreateTable is not simulated.'],
    [
      {
        LocalSecondaryIndexes: [
          { IndexName: 'local', KeySchema: definition.KeySchema, Projection: { ProjectionType: 'ALL' } },
        ],
      },
      'One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    ],
  ])('are refused with %o', (input, expected) => {
    expect(withThings().errorOf('CreateTable', { ...definition, ...input }).message).toBe(expected);
  });
});
