/**
 * The errors that EventBridge has, in AWS's words (EB-13, EB-15 to EB-17, EB-20).
 */

import { memberBreaks, type Refusal, refusal } from '../../contract/refusal.ts';

export function notValid(message: string): Refusal {
  return refusal('ValidationException', message);
}

/** «1 validation error detected: Value '!' at 'name' failed to satisfy constraint: Member must …» */
export function constraintBroken(value: unknown, place: string, constraint: string): Refusal {
  const told = value === undefined || value === null ? 'null' : `'${asText(value)}'`;
  return notValid(memberBreaks(told, place, constraint));
}

/** A member that should be a text, and may be anything that a client can send. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

export function patternNotValid(reason: string): Refusal {
  return refusal('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

export function ruleDoesNotExist(name: string, bus: string): Refusal {
  return refusal('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
}

export function busDoesNotExist(name: string): Refusal {
  return refusal('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

export function busAlreadyExists(name: string): Refusal {
  return refusal('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
}

export function tooManyOfIt(): Refusal {
  return refusal('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
