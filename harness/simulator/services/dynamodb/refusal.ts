/**
 * DynamoDB's errors for requests that it refuses. Failed conditions, which are frequent and no mistake, are not among them.
 */

import { fail } from '../../contract/answer.ts';
import { Refusal, refusal } from '../../contract/refusal.ts';

/** A refusal that concerns one item. Inside a transaction it is a reason for cancellation (DD-06). */
export class ItemRefusal extends Refusal {}

/** An empty set. In a value of an expression its message stands without the value's key. */
export class EmptySetRefusal extends Refusal {}

/** AWS's error for input that breaks a rule of DynamoDB. */
export function validationError(message: string): Refusal {
  return refusal('ValidationException', message);
}

/**
 * The same error in the wording that AWS has used since August 2026 for some rules of expressions. Others keep the older one, and
 * nothing may depend on either (docs/facts.md).
 */
export function detectedError(message: string): Refusal {
  return validationError(`1 validation error detected: ${message}`);
}

/** AWS's error for a set without members. */
export function emptySet(message: string): EmptySetRefusal {
  return new EmptySetRefusal(fail('ValidationException', message));
}

/** A broken rule that can be seen only with the table or the item. */
export function itemError(message: string): ItemRefusal {
  return new ItemRefusal(fail('ValidationException', message));
}

/** AWS's error for a member with a JSON type that its shape does not allow. */
export function serializationError(message: string): Refusal {
  return refusal('SerializationException', message);
}

/** AWS's error for a missing table; only the table operations add its name. */
export function tableNotFound(tableName?: string): Refusal {
  const tail = tableName === undefined ? '' : `: Table: ${tableName} not found`;
  return refusal('ResourceNotFoundException', `Requested resource not found${tail}`);
}
