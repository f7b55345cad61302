/**
 * Prints a table's definition as `TableDescription`, as CreateTable, DescribeTable and DeleteTable return it (DD-15).
 *
 * `ItemCount` and `TableSizeBytes` are always 0: AWS updates them about every six hours, which is longer than a run.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */

import type { AccountPlace } from '../../contract/arn.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import type { KeySchema } from './key-schema.ts';
import type { ProvisionedThroughput, SecondaryIndex, TableDefinition } from './state.ts';

type Members = Readonly<Record<string, unknown>>;

/** The ARN of a table. */
export function tableArn({ region, accountId }: AccountPlace, name: string): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}

/** The description of a table. `epochMs`: the instant on the calendar that virtual time 0 stands for. */
export function tableDescription(
  place: AccountPlace,
  definition: TableDefinition,
  status: 'CREATING' | 'ACTIVE' | 'DELETING',
  epochMs: number,
): Members {
  const indexes = (scope: SecondaryIndex['scope']) => definition.indexes.filter((index) => index.scope === scope);
  const [local, global] = [indexes('local'), indexes('global')];
  const describe = (index: SecondaryIndex) => describeIndex(place, definition, index);
  return {
    TableName: definition.name,
    TableArn: tableArn(place, definition.name),
    TableId: tableId(definition),
    TableStatus: status,
    // Seconds since 1970, as on the wire.
    CreationDateTime: (epochMs + definition.createdAtMs) / 1_000,
    ...(status !== 'DELETING' && describeKeys(definition)),
    ...describeBilling(definition.billing),
    WarmThroughput: describeWarmth(definition.billing),
    ...(local.length > 0 && { LocalSecondaryIndexes: local.map(describe) }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global.map(describe) }),
    DeletionProtectionEnabled: definition.deletionProtection,
    ItemCount: 0,
    TableSizeBytes: 0,
  };
}

/** Looks like AWS's, and no table has that of another one, nor that of an earlier one of its name. */
function tableId({ name, generation }: TableDefinition): string {
  return uuidFrom(`${name}/${generation}`);
}

function describeKeys({ attributes, key }: TableDefinition): Members {
  return {
    AttributeDefinitions: attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: describeKey(key),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html: what a new table can take. */
const ON_DEMAND_WARMTH: ProvisionedThroughput = { readCapacityUnits: 12_000, writeCapacityUnits: 4_000 };

function describeWarmth(billing: TableDefinition['billing'], own: ProvisionedThroughput | null = null): Members {
  const { readCapacityUnits, writeCapacityUnits } =
    billing.mode === 'PROVISIONED' ? (own ?? billing.throughput) : ON_DEMAND_WARMTH;
  return { ReadUnitsPerSecond: readCapacityUnits, WriteUnitsPerSecond: writeCapacityUnits, Status: 'ACTIVE' };
}

function describeKey(key: KeySchema): readonly Members[] {
  const partition = { AttributeName: key.partition.name, KeyType: 'HASH' };
  return key.sort === undefined ? [partition] : [partition, { AttributeName: key.sort.name, KeyType: 'RANGE' }];
}

function describeIndex(place: AccountPlace, definition: TableDefinition, index: SecondaryIndex): Members {
  return {
    IndexName: index.name,
    IndexArn: `${tableArn(place, definition.name)}/index/${index.name}`,
    KeySchema: describeKey(index.key),
    Projection: {
      ProjectionType: index.projection.kind,
      ...(index.projection.kind === 'INCLUDE' && { NonKeyAttributes: index.projection.names }),
    },
    ...(index.scope === 'global' && {
      IndexStatus: 'ACTIVE',
      ProvisionedThroughput: describeThroughput(index.throughput ?? NO_THROUGHPUT),
      WarmThroughput: describeWarmth(definition.billing, index.throughput),
    }),
    ItemCount: 0,
    IndexSizeBytes: 0,
  };
}

/** What AWS answers for on-demand tables. */
const NO_THROUGHPUT: ProvisionedThroughput = { readCapacityUnits: 0, writeCapacityUnits: 0 };

function describeBilling(billing: TableDefinition['billing']): Members {
  if (billing.mode === 'PROVISIONED') return { ProvisionedThroughput: describeThroughput(billing.throughput) };
  return {
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: describeThroughput(NO_THROUGHPUT),
  };
}

function describeThroughput({ readCapacityUnits, writeCapacityUnits }: ProvisionedThroughput): Members {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: readCapacityUnits,
    WriteCapacityUnits: writeCapacityUnits,
  };
}
