/**
 * The answer to a transaction that meets another one on the same item: neither waits, and one of the two is cancelled
 * (DD-06).
 *
 * A call is applied in one step, so two transactions never really overlap. The world knows which calls are on their way and
 * may choose that they meet; this file then says what AWS would answer. It applies nothing.
 */

import type { Input } from '../../contract/answer.ts';
import { Refusal } from '../../contract/refusal.ts';
import { cancelled, ITEM_IN_TRANSACTION, isCancelled, NO_REASON } from './cancellation.ts';
import { itemsOfTransaction } from './operations/transact-write-items.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import type { DynamoDBState } from './state.ts';

/** The answer to a transaction while others are running; null if they share no item. */
export function transactionConflict(state: DynamoDBState, input: Input, running: readonly Input[]): Outcome | null {
  const theirs = new Set(running.flatMap((other) => itemsOf(state, other)));
  theirs.delete(null);
  const own = itemsOf(state, input);
  const reasons = own.map((item) => (theirs.has(item) ? ITEM_IN_TRANSACTION : NO_REASON));
  if (!isCancelled(reasons)) return null;
  return readOutcome(
    cancelled(reasons),
    own.filter((item) => item !== null),
  );
}

/** Empty if the request can't be read: it is refused then, and no transaction begins. */
function itemsOf(state: DynamoDBState, input: Input): readonly (string | null)[] {
  try {
    return itemsOfTransaction(state, input);
  } catch (problem) {
    if (problem instanceof Refusal) return [];
    throw problem;
  }
}
