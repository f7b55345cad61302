/**
 * The answers to calls that meet on an item: neither waits, and one of them is refused (DD-06, DD-07, DD-09).
 *
 * A call is applied in one step, so two calls never really overlap. The world knows which calls are on their way and may choose
 * that they meet; this file then says what AWS would answer. It applies nothing.
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import type { AnsweredInstead, MetCall } from '../../contract/call-fault.ts';
import { cancelled, ITEM_IN_TRANSACTION, isCancelled, NO_REASON } from './cancellation.ts';
import { itemsMetBy, kindOfMeeting, type Meeting } from './meetings.ts';
import { readOutcome } from './outcome.ts';
import type { DynamoDBState } from './state.ts';

/** What a call would be answered that meets some of these others; nothing if it shares no item with them. */
export function transactionConflict(
  state: DynamoDBState,
  call: { readonly operation: string; readonly input: Input },
  others: readonly MetCall[],
): readonly AnsweredInstead[] {
  const kind = kindOfMeeting(call.operation);
  if (kind === null) return [];
  const theirs = new Set(others.filter((other) => refuses(kind, other)).flatMap((other) => itemsMetBy(state, other)));
  theirs.delete(null);
  const own = itemsMetBy(state, call);
  const reasons = own.map((item) => (theirs.has(item) ? ITEM_IN_TRANSACTION : NO_REASON));
  if (!isCancelled(reasons)) return [];
  const answer = kind === 'plain write' ? REFUSED : cancelled(reasons);
  const items = own.filter((item) => item !== null);
  const served = { ...readOutcome(answer, items), effects: [] };
  return [{ fault: 'conflict', served, ...(kind === 'transaction' ? { isMetBefore: true } : {}) }];
}

/**
 * Whether a call of this kind can be refused because of the other one. Of two transactions each can, even if the other is
 * cancelled as well: it was running. A plain write that was refused has not run.
 */
function refuses(kind: Meeting, { operation, isOver }: MetCall): boolean {
  const other = kindOfMeeting(operation);
  if (isOver) return kind === 'transaction' && other === 'transaction';
  return other === 'transaction' || (other === 'plain write' && kind !== 'plain write');
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#API_PutItem_Errors */
const REFUSED: AwsAnswer = fail('TransactionConflictException', 'Transaction is ongoing for the item');
