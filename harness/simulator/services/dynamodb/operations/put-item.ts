/**
 * PutItem: stores an item in the place of any item with the same key.
 *
 * `readPut` also reads the `Put` of a transaction, which has the same members but no `ReturnValues`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */

import type { Input } from '../../../contract/answer.ts';
import { readAttributeMap } from '../attribute-value.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { showsOnFailure, type Write } from '../item-write.ts';
import { keyOfItem } from '../key.ts';
import type { AppliedAt, Outcome } from '../outcome.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import { type DynamoDBState, remember } from '../state.ts';
import { oldItemWanted, writeOne } from './write-one.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'Item',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
]);

export function putItem(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('PutItem', input, MEMBERS);
  const wantsOld = oldItemWanted(input);
  const write = readPut(state, input);
  return writeOne(write, at, (before) => (wantsOld && before !== undefined ? { Attributes: before } : {}));
}

/** Reads a put, with all checks that do not need the current item. */
export function readPut(state: DynamoDBState, input: Input): Write {
  const name = nameOf(state, input);
  const given = DYNAMODB_MEMBERS.record(input, 'Item');
  const known = state.tables.get(name)?.definition.known.items.get(given);
  const item = known?.item ?? readAttributeMap(given);
  const showOnFailure = showsOnFailure(input);
  const { condition } = readExpressions(state.expressions, input, ['ConditionExpression']);
  const table = tableOf(state, name);
  const key = known?.key ?? keyOfItem(table.definition, item);
  if (known === undefined) remember(table.definition.known.items, given, { item, key });
  return {
    table,
    key,
    condition,
    showOnFailure,
    after: () => item,
    tooBig: 'Item size has exceeded the maximum allowed size',
  };
}
