/**
 * Primary keys: which keys a request may give, and the canonical text of each.
 *
 * The canonical text (`{"id":{"S":"clicks"}}`; with a sort key, both parts joined by `/`) is the key of the items' map and
 * the last part of a footprint's path. Equal keys have equal texts. All rules about key attributes are here: presence, type,
 * emptiness, length. Index keys are checked where items are written.
 */

import { base64 } from '../../contract/base64.ts';
import { isRecord } from '../../contract/request.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { type AttributeMap, type AttributeValue, memberOf, readAttributeMap, typeOf } from './attribute-value.ts';
import type { ItemKey, KeyAttribute, KeySchema } from './key-schema.ts';
import { itemError, validationError } from './refusal.ts';
import { remember, type TableDefinition } from './state.ts';

const INVALID = 'One or more parameter values were invalid';
const MISMATCH = 'The provided key element does not match the schema';
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;

/** Reads the member `Key` of a request. */
export function readKey(definition: TableDefinition, raw: unknown): ItemKey {
  const known = isRecord(raw) ? definition.known.keys.get(raw) : undefined;
  if (known !== undefined) return known;
  const attributes = readAttributeMap(raw);
  checkKey(definition.key, attributes);
  const key = { attributes, canonical: canonicalKey(definition.key, attributes) };
  if (isRecord(raw)) remember(definition.known.keys, raw, key);
  return key;
}

/** Refuses a map that is not exactly a key of `schema`. */
export function checkKey(schema: KeySchema, attributes: AttributeMap): void {
  if (Object.keys(attributes).length !== (schema.sort === undefined ? 1 : 2)) throw itemError(MISMATCH);
  for (const attribute of keyAttributes(schema)) {
    const value = memberOf(attributes, attribute.name);
    if (value === undefined || typeOf(value) !== attribute.type) throw itemError(MISMATCH);
    checkNotEmpty(attribute.name, value);
    checkLength(schema, attribute, value);
  }
}

/** The key of an item to be written; refuses items that lack it. */
export function keyOfItem(definition: TableDefinition, item: AttributeMap): ItemKey {
  const attributes: Record<string, AttributeValue> = {};
  for (const attribute of keyAttributes(definition.key)) {
    const value = memberOf(item, attribute.name);
    if (value === undefined) throw itemError(`${INVALID}: Missing the key ${attribute.name} in the item`);
    const type = typeOf(value);
    if (type !== attribute.type) {
      throw itemError(
        `${INVALID}: Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${type}`,
      );
    }
    checkNotEmpty(attribute.name, value);
    checkLength(definition.key, attribute, value);
    attributes[attribute.name] = value;
  }
  return { attributes: Object.freeze(attributes), canonical: canonicalKey(definition.key, attributes) };
}

function checkNotEmpty(name: string, value: AttributeValue): void {
  const kind = 'S' in value && value.S === '' ? 'string' : 'B' in value && value.B.length === 0 ? 'binary' : undefined;
  if (kind === undefined) return;
  throw validationError(
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an ' +
      `empty ${kind} value. Key: ${name}`,
  );
}

function checkLength(schema: KeySchema, attribute: KeyAttribute, value: AttributeValue): void {
  const bytes = 'S' in value ? utf8Length(value.S) : 'B' in value ? value.B.length : 0;
  if (attribute === schema.partition && bytes > MAX_PARTITION_KEY_BYTES) {
    // «of2048» is AWS's own spelling.
    throw validationError(`${INVALID}: Size of hashkey has exceeded the maximum size limit of2048 bytes`);
  }
  if (attribute === schema.sort && bytes > MAX_SORT_KEY_BYTES) {
    throw validationError(`${INVALID}: Aggregated size of all range keys has exceeded the size limit of 1024 bytes`);
  }
}

/** The attributes of a key, the partition key first. */
export function keyAttributes(schema: KeySchema): readonly KeyAttribute[] {
  return schema.sort === undefined ? [schema.partition] : [schema.partition, schema.sort];
}

/** Whether `name` is part of the key. */
export function isKeyAttribute(schema: KeySchema, name: string): boolean {
  return schema.partition.name === name || schema.sort?.name === name;
}

/** The members of `item` that form the given keys: the content of `LastEvaluatedKey` and of indexes' projections. */
export function pickKeys(item: AttributeMap, schemas: readonly KeySchema[]): AttributeMap {
  const picked: Record<string, AttributeValue> = {};
  for (const { name } of schemas.flatMap(keyAttributes)) {
    const value = memberOf(item, name);
    if (value !== undefined) picked[name] = value;
  }
  return Object.freeze(picked);
}

/** The canonical text of the key in `attributes`. */
export function canonicalKey(schema: KeySchema, attributes: AttributeMap): string {
  const partition = canonicalPart(schema.partition, attributes);
  return schema.sort === undefined ? partition : `${partition}/${canonicalPart(schema.sort, attributes)}`;
}

/** The prefix of the canonical texts of all keys in one partition. */
export function canonicalPartition(schema: KeySchema, value: AttributeValue): string {
  const partition = canonicalPart(schema.partition, { [schema.partition.name]: value });
  return schema.sort === undefined ? partition : `${partition}/`;
}

function canonicalPart(attribute: KeyAttribute, attributes: AttributeMap): string {
  const value = attributes[attribute.name];
  const content = value === undefined ? '' : 'S' in value ? value.S : 'N' in value ? value.N : bytesOf(value);
  return `{${JSON.stringify(attribute.name)}:{"${attribute.type}":${JSON.stringify(content)}}}`;
}

function bytesOf(value: AttributeValue): string {
  return 'B' in value ? base64(value.B) : '';
}
