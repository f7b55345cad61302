/**
 * The errors that CloudFormation answers a call with, in AWS's words (CF-01, CF-02, CF-03).
 */

import { memberBreaks, type Refusal, refusal } from '../../contract/refusal.ts';

/** What is wrong with a call, and with a template, is one and the same error. */
export function stackInvalid(message: string): Refusal {
  return refusal('ValidationError', message);
}

/** AWS's own model refuses a member that is not there. */
export function stackMemberMissing(member: string): Refusal {
  return stackInvalid(memberBreaks('null', placeOf(member), 'not be null'));
}

/** A member's name as messages have it: `stackName`. */
export function placeOf(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

export function noUpdates(): Refusal {
  return stackInvalid('No updates are to be performed.');
}

export function stackExists(name: string): Refusal {
  return refusal('AlreadyExistsException', `Stack [${name}] already exists`);
}

/** CF-03. */
export function capabilitiesMissing(capability: string): Refusal {
  return refusal('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`);
}
