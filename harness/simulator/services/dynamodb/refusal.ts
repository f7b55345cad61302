/**
 * How the inside of the simulated DynamoDB gives up on a call: a `Refusal` carries AWS's answer to the one place that
 * catches it, `applyDynamoDB`, where it becomes data again.
 *
 * It is no `Error`: it has no stack to collect, never leaves this folder, and says nothing about a bug of ours. Failed
 * conditions, which are frequent and no mistake, do not come this way.
 */

import { type AwsAnswer, fail, notSimulated } from '../../contract/answer.ts';

/** Where a call failed: on the request as such, or on one item. Inside a transaction the latter cancels (fact DD-06). */
export type Stage = 'request' | 'item';

/** An answer on its way out of a call. */
export class Refusal {
  readonly answer: AwsAnswer;
  readonly stage: Stage;
  constructor(answer: AwsAnswer, stage: Stage = 'request') {
    this.answer = answer;
    this.stage = stage;
  }
}

/** What AWS answers to input that breaks a rule of DynamoDB. */
export function validationError(message: string): Refusal {
  return new Refusal(fail('ValidationException', message));
}

/** A broken rule that shows only against the table or the item: inside a transaction it is a reason for cancellation. */
export function itemError(message: string): Refusal {
  return new Refusal(fail('ValidationException', message), 'item');
}

/** What AWS answers when a member has a JSON type that its shape does not allow. */
export function serializationError(message: string): Refusal {
  return new Refusal(fail('SerializationException', message));
}

/** What AWS answers when there is no such table; only the table operations add its name. */
export function tableNotFound(tableName?: string): Refusal {
  const tail = tableName === undefined ? '' : `: Table: ${tableName} not found`;
  return new Refusal(fail('ResourceNotFoundException', `Requested resource not found${tail}`));
}

/** Refuses by name what this folder does not model. */
export function unmodelled(what: string): Refusal {
  return new Refusal(notSimulated(what));
}
