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
