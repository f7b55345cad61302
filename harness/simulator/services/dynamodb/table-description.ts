/**
 * Prints a table's definition as `TableDescription`, as CreateTable, DescribeTable and DeleteTable return it.
 *
 * `ItemCount` and `TableSizeBytes` are always 0: AWS updates them about every six hours, which is longer than a run.
 * `CreationDateTime` is left out, since a service reads no clock. The account and Region in ARNs are the simulator's own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */

import type { KeySchema } from './key-schema.ts';
import type { ProvisionedThroughput, SecondaryIndex, TableDefinition } from './state.ts';

type Members = Readonly<Record<string, unknown>>;

const ARN_PREFIX = 'arn:aws:dynamodb:us-east-1:123456789012:table/';

/** The ARN of a table. */
export function tableArn(name: string): string {
  return ARN_PREFIX + name;
}

/** The description of a table. */
export function tableDescription(definition: TableDefinition, status: 'CREATING' | 'ACTIVE' | 'DELETING'): Members {
  const indexes = (scope: SecondaryIndex['scope']) => definition.indexes.filter((index) => index.scope === scope);
  const [local, global] = [indexes('local'), indexes('global')];
  return {
    TableName: definition.name,
    TableArn: tableArn(definition.name),
    TableStatus: status,
    AttributeDefinitions: definition.attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: describeKey(definition.key),
    ...describeBilling(definition.billing),
    ...(local.length > 0 && { LocalSecondaryIndexes: local.map((index) => describeIndex(definition, index)) }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global.map((index) => describeIndex(definition, index)) }),
    DeletionProtectionEnabled: definition.deletionProtection,
    ItemCount: 0,
    TableSizeBytes: 0,
  };
}

function describeKey(key: KeySchema): readonly Members[] {
  const partition = { AttributeName: key.partition.name, KeyType: 'HASH' };
  return key.sort === undefined ? [partition] : [partition, { AttributeName: key.sort.name, KeyType: 'RANGE' }];
}

function describeIndex(definition: TableDefinition, index: SecondaryIndex): Members {
  return {
    IndexName: index.name,
    IndexArn: `${tableArn(definition.name)}/index/${index.name}`,
    KeySchema: describeKey(index.key),
    Projection: {
      ProjectionType: index.projection.kind,
      ...(index.projection.kind === 'INCLUDE' && { NonKeyAttributes: index.projection.names }),
    },
    ...(index.scope === 'global' && { IndexStatus: 'ACTIVE' }),
    ItemCount: 0,
    IndexSizeBytes: 0,
  };
}

function describeBilling(billing: TableDefinition['billing']): Members {
  if (billing.mode === 'PROVISIONED') return { ProvisionedThroughput: describeThroughput(billing.throughput) };
  return {
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: describeThroughput({ readCapacityUnits: 0, writeCapacityUnits: 0 }),
  };
}

function describeThroughput({ readCapacityUnits, writeCapacityUnits }: ProvisionedThroughput): Members {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: readCapacityUnits,
    WriteCapacityUnits: writeCapacityUnits,
  };
}
