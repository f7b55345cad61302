/**
 * The answer to a transaction that DynamoDB cancels because one of its tables has no throughput left for it (DD-06).
 *
 * It differs from `throttled` (trouble.ts): the SDK tries that again by itself, and it hands this one to the code, as a
 * `TransactionCanceledException` whose reason is neither a condition nor a conflict. This file applies nothing.
 */

import type { Input } from '../../contract/answer.ts';
import type { AnsweredInstead } from '../../contract/call-fault.ts';
import { cancelled, NO_REASON, NO_THROUGHPUT } from './cancellation.ts';
import { itemsMetBy, kindOfMeeting } from './meetings.ts';
import { readOutcome } from './outcome.ts';
import type { DynamoDBState } from './state.ts';

/** What the call would be answered, once for each of its items that may lack the throughput (UV-88); nothing if it is no transaction. */
export function throttledTransaction(
  state: DynamoDBState,
  call: { readonly operation: string; readonly input: Input },
): readonly AnsweredInstead[] {
  const kind = kindOfMeeting(call.operation);
  if (kind !== 'transaction' && kind !== 'transactional read') return [];
  const items = itemsMetBy(state, call);
  const paths = items.filter((item) => item !== null);
  return paths.map((about) => {
    const reasons = items.map((item) => (item === about ? NO_THROUGHPUT : NO_REASON));
    return { fault: 'cancelled', about, served: { ...readOutcome(cancelled(reasons), paths), effects: [] } };
  });
}
