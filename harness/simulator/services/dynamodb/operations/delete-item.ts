/**
 * DeleteItem: removes the item with this key. Deleting a missing item succeeds.
 *
 * `readDelete` also reads the `Delete` of a transaction, which has the same members but no `ReturnValues`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
 */

import type { Input } from '../../../contract/answer.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { showsOnFailure, type Write } from '../item-write.ts';
import { readKey } from '../key.ts';
import type { AppliedAt, Outcome } from '../outcome.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState } from '../state.ts';
import { oldItemWanted, writeOne } from './write-one.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'Key',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
]);

export function deleteItem(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('DeleteItem', input, MEMBERS);
  const wantsOld = oldItemWanted(input);
  const write = readDelete(state, input);
  return writeOne(write, at, (before) => (wantsOld && before !== undefined ? { Attributes: before } : {}));
}

/** Reads a deletion. */
export function readDelete(state: DynamoDBState, input: Input): Write {
  const name = nameOf(state, input);
  const rawKey = DYNAMODB_MEMBERS.record(input, 'Key');
  const showOnFailure = showsOnFailure(input);
  const { condition } = readExpressions(state.expressions, input, ['ConditionExpression']);
  const table = tableOf(state, name);
  return {
    table,
    key: readKey(table.definition, rawKey),
    condition,
    showOnFailure,
    after: () => undefined,
    tooBig: 'Item size has exceeded the maximum allowed size',
  };
}
