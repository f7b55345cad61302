/**
 * The simulated DynamoDB: the one door to this folder.
 *
 * It applies one call to the state and says what was answered, looked at and changed. It knows no clock and no other
 * service; it changes nothing but `state`. Answers share frozen items with the state: read them, don't write them.
 */

import { notSimulated } from '../service.ts';
import { type Applied, OPERATIONS } from './operations/operations.ts';
import { type Outcome, readOutcome, tablePath } from './outcome.ts';
import { Refusal } from './refusal.ts';
import type { DynamoDBState } from './state.ts';

export type { DynamoDBNote } from './outcome.ts';
export { cloneDynamoDB, type DynamoDBState, newDynamoDB } from './state.ts';
export { transactionConflict } from './transaction-conflict.ts';

/**
 * Applies one call at `nowMs`.
 *
 * @param operation the operation as the SDK names it, without «Command»: `PutItem`
 * @param input its input in the SDK's shape; attribute values as AWS's JSON has them, binaries as `Uint8Array`
 * @param at `nowMs` is virtual time; `epochMs` is the instant on the calendar that `nowMs` 0 stands for
 */
export function applyDynamoDB(
  state: DynamoDBState,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  at: { readonly nowMs: number; readonly epochMs: number },
): Outcome {
  const apply: Applied | undefined = OPERATIONS.get(operation);
  if (apply === undefined) return readOutcome(notSimulated(`DynamoDB ${operation}`), []);
  try {
    return apply(state, input, at);
  } catch (problem) {
    if (problem instanceof Refusal) return readOutcome(problem.answer, pathsNamedBy(input));
    throw problem;
  }
}

/** What a refused call has looked at: at most definitions of tables, for items are looked at by those that find them. */
function pathsNamedBy(input: Readonly<Record<string, unknown>>): readonly string[] {
  const name = input.TableName;
  return [typeof name === 'string' ? tablePath(name) : 'dynamodb/*'];
}
