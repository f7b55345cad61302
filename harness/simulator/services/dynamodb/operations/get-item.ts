/**
 * GetItem: one item by its key.
 *
 * Answers with the item as the state has it. What a read without `ConsistentRead` may answer instead is in `stale-read.ts`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { project } from '../expression/project.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { readKey } from '../key.ts';
import { itemPath, type Outcome, readOutcome } from '../outcome.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState } from '../state.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'Key',
  'ConsistentRead',
  'ProjectionExpression',
  'ExpressionAttributeNames',
]);

export function getItem(state: DynamoDBState, input: Input): Outcome {
  checkRequest('GetItem', input, MEMBERS);
  const name = nameOf(state, input);
  const rawKey = DYNAMODB_MEMBERS.record(input, 'Key');
  DYNAMODB_MEMBERS.boolean(input, 'ConsistentRead');
  const { projection } = readExpressions(state.expressions, input, ['ProjectionExpression']);
  const table = tableOf(state, name);
  const key = readKey(table.definition, rawKey);
  const item = table.items.get(key.canonical)?.attributes;
  const reads = [itemPath(name, key.canonical)];
  if (item === undefined) return readOutcome(ok({}), reads);
  return readOutcome(ok({ Item: projection === undefined ? item : project(item, projection) }), reads);
}
