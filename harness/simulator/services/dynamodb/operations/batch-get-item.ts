/**
 * BatchGetItem: up to 100 items by their keys, from any tables.
 *
 * AWS reads each item separately; here all are read at one point (see the README, divergences). Items beyond 16 MB come back
 * as `UnprocessedKeys`. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import type { AttributeMap } from '../attribute-value.ts';
import type { DocumentPath } from '../expression/ast.ts';
import { project } from '../expression/project.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { readKey } from '../key.ts';
import type { ItemKey } from '../key-schema.ts';
import { itemPath, type Outcome, readOutcome } from '../outcome.ts';
import { validationError } from '../refusal.ts';
import { bound, checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState, Table } from '../state.ts';

const MEMBERS: ReadonlySet<string> = new Set(['RequestItems']);
const TABLE_MEMBERS: ReadonlySet<string> = new Set([
  'Keys',
  'ConsistentRead',
  'ProjectionExpression',
  'ExpressionAttributeNames',
]);
const MAX_KEYS = 100;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** The part of the request for one table. */
interface TableRequest {
  /** The table's name, or its ARN, as the request has it: the answer has it too (DD-13). */
  readonly named: string;
  readonly table: Table;
  readonly keys: readonly ItemKey[];
  readonly projection: readonly DocumentPath[] | undefined;
  readonly raw: Input;
}

export function batchGetItem(state: DynamoDBState, input: Input): Outcome {
  checkRequest('BatchGetItem', input, MEMBERS);
  const requestItems = DYNAMODB_MEMBERS.record(input, 'RequestItems');
  const names = Object.keys(requestItems);
  if (names.length === 0) throw bound('RequestItems', 'Member must have length greater than or equal to 1');
  const counts = names.map((name) => ({
    name,
    count: DYNAMODB_MEMBERS.records(DYNAMODB_MEMBERS.record(requestItems, name), 'Keys').length,
  }));
  for (const { name, count } of counts) {
    const at = `RequestItems.${name}.member.Keys`;
    if (count === 0) throw bound(at, 'Member must have length greater than or equal to 1');
    if (count > MAX_KEYS) throw bound(at, `Member must have length less than or equal to ${MAX_KEYS}`);
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total > MAX_KEYS) throw validationError('Too many items requested for the BatchGetItem call');
  const requests = names.map((name) => readTableRequest(state, name, DYNAMODB_MEMBERS.record(requestItems, name)));
  const reads = requests.flatMap(({ table, keys }) =>
    keys.map((key) => itemPath(table.definition.name, key.canonical)),
  );
  return readOutcome(ok(answer(requests)), reads);
}

function readTableRequest(state: DynamoDBState, named: string, raw: Input): TableRequest {
  checkRequest('BatchGetItem', raw, TABLE_MEMBERS);
  const name = nameOf(state, { TableName: named });
  DYNAMODB_MEMBERS.boolean(raw, 'ConsistentRead');
  const { projection } = readExpressions(state.expressions, raw, ['ProjectionExpression']);
  const table = tableOf(state, name);
  const keys = DYNAMODB_MEMBERS.records(raw, 'Keys').map((key) => readKey(table.definition, key));
  if (new Set(keys.map((key) => key.canonical)).size < keys.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  return { named, table, keys, projection, raw };
}

function answer(requests: readonly TableRequest[]): Readonly<Record<string, unknown>> {
  const responses: Record<string, AttributeMap[]> = {};
  const unprocessed: Record<string, Input> = {};
  let bytes = 0;
  for (const { named, table, keys, projection, raw } of requests) {
    const found: AttributeMap[] = [];
    const left: AttributeMap[] = [];
    for (const key of keys) {
      const item = table.items.get(key.canonical);
      bytes += item?.sizeBytes ?? 0;
      if (bytes > MAX_RESPONSE_BYTES) left.push(key.attributes);
      else if (item !== undefined) {
        found.push(projection === undefined ? item.attributes : project(item.attributes, projection));
      }
    }
    responses[named] = found;
    if (left.length > 0) unprocessed[named] = { ...raw, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed };
}
