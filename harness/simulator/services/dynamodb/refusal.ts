/**
 * The errors that DynamoDB has for requests that it does not take. Failed conditions, which are frequent and no mistake, do not come this way.
 */

import { fail } from '../../contract/answer.ts';
import { Refusal, refusal } from '../../contract/refusal.ts';

/** A call that failed on one item: inside a transaction it is a reason for cancellation (DD-06). */
export class ItemRefusal extends Refusal {}

/** What AWS answers to input that breaks a rule of DynamoDB. */
export function validationError(message: string): Refusal {
  return refusal('ValidationException', message);
}

/** A broken rule that shows only against the table or the item. */
export function itemError(message: string): ItemRefusal {
  return new ItemRefusal(fail('ValidationException', message));
}

/** What AWS answers when a member has a JSON type that its shape does not allow. */
export function serializationError(message: string): Refusal {
  return refusal('SerializationException', message);
}

/** What AWS answers when there is no such table; only the table operations add its name. */
export function tableNotFound(tableName?: string): Refusal {
  const tail = tableName === undefined ? '' : `: Table: ${tableName} not found`;
  return refusal('ResourceNotFoundException', `Requested resource not found${tail}`);
}
