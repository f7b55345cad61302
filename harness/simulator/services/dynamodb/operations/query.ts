/**
 * Query: the items of one partition of a table or an index, in the order of the sort key.
 *
 * On a table and on a local index it reads exactly one partition, as its footprint says; the contents of a global index can
 * change with a write to any item of the table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { isGiven } from '../../../contract/request.ts';
import { type AttributeMap, memberOf, valuesEqual } from '../attribute-value.ts';
import type { BoundCondition } from '../expression/ast.ts';
import { holds } from '../expression/evaluate-condition.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { compareInPartition, itemsOf, viewOf } from '../index-view.ts';
import { canonicalPartition } from '../key.ts';
import { partitionOf } from '../key-condition.ts';
import type { KeySchema } from '../key-schema.ts';
import { allItemsPath, itemPath, type Outcome, readOutcome } from '../outcome.ts';
import { indexNameOf, readPage, readPageRequest } from '../page.ts';
import { checkFilter } from '../page-filter.ts';
import { validationError } from '../refusal.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState } from '../state.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'IndexName',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ConsistentRead',
  'ScanIndexForward',
  'Limit',
  'ExclusiveStartKey',
  'Select',
]);

export function query(state: DynamoDBState, input: Input): Outcome {
  checkRequest('Query', input, MEMBERS);
  const name = nameOf(state, input);
  const indexName = indexNameOf(input);
  if (!isGiven(input.KeyConditionExpression)) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const kinds = ['KeyConditionExpression', 'FilterExpression', 'ProjectionExpression'] as const;
  const { keyCondition, filter, projection } = readExpressions(state.expressions, input, kinds);
  if (keyCondition === undefined) throw validationError('KeyConditionExpression must not be empty');
  const view = viewOf(tableOf(state, name), indexName);
  const partition = partitionOf(keyCondition, view.key);
  checkFilter(filter, view.key);
  const request = readPageRequest(input, view, filter, projection);
  if (request.startKey !== undefined) checkStartKey(request.startKey, keyCondition, view.key);

  const isGlobal = view.index?.scope === 'global';
  const prefix = isGlobal ? '' : canonicalPartition(view.table.definition.key, partition);
  const direction = DYNAMODB_MEMBERS.boolean(input, 'ScanIndexForward') === false ? -1 : 1;
  const compare = (a: AttributeMap, b: AttributeMap) => direction * compareInPartition(view, a, b);
  const items = itemsOf(view, prefix)
    .filter(({ attributes }) => holds(keyCondition, attributes))
    .sort((a, b) => compare(a.attributes, b.attributes));
  const page = readPage(request, items, (item, startKey) => compare(item, startKey) > 0);
  return readOutcome(ok(page), [isGlobal ? allItemsPath(name) : partitionPath(name, prefix)]);

  function partitionPath(table: string, canonical: string): string {
    return itemPath(table, view.table.definition.key.sort === undefined ? canonical : `${canonical}*`);
  }
}

function checkStartKey(startKey: AttributeMap, condition: BoundCondition, key: KeySchema): void {
  if (holds(condition, startKey)) return;
  const value = memberOf(startKey, key.partition.name);
  const isOutside = value === undefined || !valuesEqual(value, partitionOf(condition, key));
  throw validationError(
    isOutside
      ? 'The provided starting key is outside query boundaries based on provided conditions'
      : 'The provided starting key does not match the range key predicate',
  );
}
