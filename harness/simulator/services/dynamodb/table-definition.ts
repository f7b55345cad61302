/**
 * Reads a table's definition from `CreateTable`, and prints it for `DescribeTable`.
 *
 * `state.ts` shows what can be declared; the operation refuses streams, encryption keys, table classes and so on by name.
 * This file uses no items.
 */

import type { Input } from '../../contract/answer.ts';
import { asTold, unmodelled } from '../../contract/refusal.ts';
import { isGiven } from '../../contract/request.ts';
import { keyAttributes } from './key.ts';
import type { KeyAttribute, KeySchema, KeyType } from './key-schema.ts';
import { validationError } from './refusal.ts';
import { checkRequest, constraint, DYNAMODB_MEMBERS, nameOf, plainName } from './request.ts';
import type { DynamoDBState, Projection, ProvisionedThroughput, SecondaryIndex, TableDefinition } from './state.ts';

const INVALID = 'One or more parameter values were invalid';
const KEY_TYPES: readonly KeyType[] = ['S', 'N', 'B'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MAX_GLOBAL_INDEXES = 20;
const MAX_LOCAL_INDEXES = 5;
const MIN_NAME_LENGTH = 3;

/** Reads the definition in a `CreateTable`. */
export function readDefinition(state: DynamoDBState, input: Input, nowMs: number): TableDefinition {
  const name = nameOf(state, input);
  checkNameLength('TableName', name);
  const attributes = DYNAMODB_MEMBERS.records(input, 'AttributeDefinitions').map(readAttribute);
  const key = readKeySchema(input, attributes, 'table');
  const local = readIndexes(input, 'LocalSecondaryIndexes', attributes, MAX_LOCAL_INDEXES);
  const global = readIndexes(input, 'GlobalSecondaryIndexes', attributes, MAX_GLOBAL_INDEXES);
  const indexes = [...local, ...global];
  checkLocalIndexes(key, local);
  checkIndexNames(indexes);
  checkAttributesUsed(attributes, [key, ...indexes.map((index) => index.key)]);
  return {
    name,
    key,
    attributes,
    indexes,
    billing: readBilling(input),
    deletionProtection: input.DeletionProtectionEnabled === true,
    createdAtMs: nowMs,
    generation: (state.generations.get(name) ?? 0) + 1,
    known: { keys: new Map(), items: new Map(), actions: new Map() },
  };
}

/** The limits differ: a name may be longer where it is declared than where it is used. */
function checkNameLength(member: string, name: string): void {
  if (name.length >= MIN_NAME_LENGTH) return;
  throw validationError(
    `${member} must be at least ${MIN_NAME_LENGTH} characters long and at most 255 characters long`,
  );
}

function readAttribute(raw: Input): KeyAttribute {
  const name = raw.AttributeName;
  const type = DYNAMODB_MEMBERS.oneOf(raw, 'AttributeType', KEY_TYPES);
  if (typeof name !== 'string' || type === undefined) {
    throw constraint('null', 'attributeDefinitions.1.member.attributeName', 'Member must not be null');
  }
  return Object.freeze({ name, type });
}

/** DD-16: an enum that AWS checks before anything else. */
const KEY_ROLES: readonly string[] = ['HASH', 'RANGE'];

function readKeySchema(
  input: Input,
  attributes: readonly KeyAttribute[],
  of: 'table' | SecondaryIndex['scope'],
): KeySchema {
  const elements = DYNAMODB_MEMBERS.records(input, 'KeySchema');
  const wrong = elements.findIndex(({ KeyType }) => !KEY_ROLES.includes(asTold(KeyType)));
  if (wrong >= 0) {
    const at = `keySchema.${wrong + 1}.member.keyType`;
    const rule = `Member must satisfy enum value set: [${KEY_ROLES.join(', ')}]`;
    throw constraint(`'${asTold(elements[wrong]?.KeyType)}'`, at, rule);
  }
  const [first, second] = elements;
  if (of === 'global' && (elements.length > 2 || second?.KeyType === 'HASH'))
    throw unmodelled('An index whose keys have several attributes');
  if (first === undefined || elements.length > 2) {
    const rule = `Member must have length ${first === undefined ? 'greater' : 'less'} than or equal to`;
    throw constraint(`'[]'`, 'keySchema', `${rule} ${first === undefined ? 1 : 2}`);
  }
  if (first.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (second !== undefined && second.KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  const partition = attributeOf(first, attributes);
  if (second === undefined) return Object.freeze({ partition });
  const sort = attributeOf(second, attributes);
  if (sort.name === partition.name) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  return Object.freeze({ partition, sort });
}

function attributeOf(element: Input, attributes: readonly KeyAttribute[]): KeyAttribute {
  const name = element.AttributeName;
  const found = attributes.find((attribute) => attribute.name === name);
  if (found !== undefined) return found;
  const names = attributes.map((attribute) => attribute.name).join(', ');
  throw validationError(
    `${INVALID}: Some index key attributes are not defined in AttributeDefinitions. ` +
      `Keys: [${asTold(name)}], AttributeDefinitions: [${names}]`,
  );
}

const INDEX_MEMBERS: Readonly<Record<SecondaryIndex['scope'], ReadonlySet<string>>> = {
  local: new Set(['IndexName', 'KeySchema', 'Projection']),
  global: new Set(['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput']),
};

function readIndexes(
  input: Input,
  member: 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes',
  attributes: readonly KeyAttribute[],
  max: number,
): readonly SecondaryIndex[] {
  if (!isGiven(input[member])) return [];
  const raw = DYNAMODB_MEMBERS.records(input, member);
  const scope = member === 'LocalSecondaryIndexes' ? 'local' : 'global';
  if (raw.length === 0) {
    const kind = scope === 'local' ? 'LocalSecondaryIndexes' : 'GlobalSecondaryIndexes';
    throw validationError(`${INVALID}: List of ${kind} is empty`);
  }
  if (raw.length > max) {
    throw validationError(`${INVALID}: Number of ${member} exceeds per-table limit of ${max}`);
  }
  return raw.map((index) => {
    checkRequest(member, index, INDEX_MEMBERS[scope]);
    return Object.freeze({
      name: plainName(index, 'IndexName'),
      scope,
      key: readKeySchema(index, attributes, scope),
      projection: readProjection(DYNAMODB_MEMBERS.record(index, 'Projection')),
      throughput: isGiven(index.ProvisionedThroughput) ? readThroughput(index) : null,
    });
  });
}

function readProjection(raw: Input): Projection {
  const kind = DYNAMODB_MEMBERS.oneOf(raw, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE'] as const);
  const names = raw.NonKeyAttributes;
  if (kind === undefined) throw validationError(`${INVALID}: Unknown ProjectionType: null`);
  if (kind !== 'INCLUDE') {
    if (!isGiven(names)) return { kind };
    throw validationError(`${INVALID}: ProjectionType is ${kind}, but NonKeyAttributes is specified`);
  }
  if (!Array.isArray(names) || names.length === 0) {
    throw validationError(`${INVALID}: ProjectionType is INCLUDE, but NonKeyAttributes is not specified`);
  }
  return { kind, names: Object.freeze(names.map(String)) };
}

function checkLocalIndexes(key: KeySchema, indexes: readonly SecondaryIndex[]): void {
  for (const index of indexes) {
    if (key.sort === undefined) {
      throw validationError(
        `${INVALID}: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
      );
    }
    if (index.key.sort === undefined) {
      throw validationError(`${INVALID}: Index KeySchema does not have a range key for index: ${index.name}`);
    }
    if (index.key.partition.name !== key.partition.name) {
      throw validationError(
        `${INVALID}: Index KeySchema does not have the same leading hash key as table KeySchema for index: ` +
          `${index.name}. index hash key: ${index.key.partition.name}, table hash key: ${key.partition.name}`,
      );
    }
  }
}

function checkIndexNames(indexes: readonly SecondaryIndex[]): void {
  const seen = new Set<string>();
  for (const { name } of indexes) {
    if (seen.has(name)) throw validationError(`${INVALID}: Duplicate index name: ${name}`);
    seen.add(name);
  }
}

function checkAttributesUsed(attributes: readonly KeyAttribute[], schemas: readonly KeySchema[]): void {
  const used = new Set(schemas.flatMap(keyAttributes));
  if (attributes.every((attribute) => used.has(attribute))) return;
  throw validationError(
    `${INVALID}: Number of attributes in KeySchema does not exactly match number of attributes defined in ` +
      'AttributeDefinitions',
  );
}

function readBilling(input: Input): TableDefinition['billing'] {
  const mode =
    DYNAMODB_MEMBERS.oneOf(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST'] as const) ?? 'PROVISIONED';
  const isThroughputGiven = isGiven(input.ProvisionedThroughput);
  if (mode === 'PAY_PER_REQUEST') {
    if (!isThroughputGiven) return { mode };
    throw validationError(
      `${INVALID}: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (!isThroughputGiven) {
    throw validationError(
      `${INVALID}: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    );
  }
  return { mode, throughput: readThroughput(input) };
}

function readThroughput(input: Input): ProvisionedThroughput {
  const raw = DYNAMODB_MEMBERS.record(input, 'ProvisionedThroughput');
  return {
    readCapacityUnits: DYNAMODB_MEMBERS.integer(raw, 'ReadCapacityUnits', { min: 1 }) ?? 1,
    writeCapacityUnits: DYNAMODB_MEMBERS.integer(raw, 'WriteCapacityUnits', { min: 1 }) ?? 1,
  };
}
