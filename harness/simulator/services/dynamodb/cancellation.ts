/**
 * Why a transaction was cancelled: one reason per action, in the order of the request (fact DD-06).
 *
 * Actions without a problem have the code `None`. For conflicts with other transactions, see transaction-conflict.ts; for a lack of
 * throughput, throttled-transaction.ts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */

import { type AwsAnswer, fail } from '../../contract/answer.ts';
import type { AttributeMap } from './attribute-value.ts';
import { ItemRefusal } from './refusal.ts';
import { NO_CAPACITY } from './trouble.ts';

export interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict' | 'ThrottlingError' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

export const NO_REASON: CancellationReason = Object.freeze({ Code: 'None' });

/** The reason for an action whose condition is false. */
export function conditionFalse(item: AttributeMap | undefined): CancellationReason {
  const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' } as const;
  return item === undefined ? reason : { ...reason, Item: item };
}

/** The reason for an action whose item is part of another running transaction. */
export const ITEM_IN_TRANSACTION: CancellationReason = Object.freeze({
  Code: 'TransactionConflict',
  Message: 'Transaction is ongoing for the item',
});

/** The reason for an action for which its table has no throughput left: the code is not that of a throttled call. */
export const NO_THROUGHPUT: CancellationReason = Object.freeze({
  Code: 'ThrottlingError',
  Message: NO_CAPACITY,
});

/** The reason in a refusal that concerns one item. Any other refusal concerns the request and is thrown again. */
export function reasonIn(problem: unknown): CancellationReason {
  if (!(problem instanceof ItemRefusal)) throw problem;
  return { Code: 'ValidationError', Message: problem.answer.error.message };
}

/** Whether any action is the cause of a cancellation. */
export function isCancelled(reasons: readonly CancellationReason[]): boolean {
  return reasons.some(({ Code }) => Code !== 'None');
}

/** The answer of a cancelled transaction. AWS spells it both «cancelled» and «Canceled». */
export function cancelled(reasons: readonly CancellationReason[]): AwsAnswer {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return fail(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}
