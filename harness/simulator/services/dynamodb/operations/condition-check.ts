/**
 * The `ConditionCheck` of a transaction: a condition on an item that is not written.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConditionCheck.html
 */

import type { Input } from '../../../contract/answer.ts';
import { isGiven } from '../../../contract/request.ts';
import type { Write } from '../item-write.ts';
import { constraint } from '../request.ts';
import type { DynamoDBState } from '../state.ts';
import { readDelete } from './delete-item.ts';

/** Reads a condition check, as a deletion that changes nothing. */
export function readConditionCheck(state: DynamoDBState, input: Input): Write {
  if (!isGiven(input.ConditionExpression)) {
    throw constraint('null', 'transactItems.1.member.conditionCheck.conditionExpression', 'Member must not be null');
  }
  return { ...readDelete(state, input), after: (before) => before };
}
