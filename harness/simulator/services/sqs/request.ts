/**
 * Members of requests: reading them, and refusing by name what is not modelled.
 *
 * An operation lists the members that it models; whatever else is given is refused.
 */

import { invalidValue, missingParameter, queueDoesNotExist, unmodelled } from './refusal.ts';
import type { Queue, SqsState } from './state.ts';

export type Input = Readonly<Record<string, unknown>>;

/** Refuses members that are given but not modelled. */
export function checkMembers(operation: string, input: Input, modelled: readonly string[]): void {
  for (const member of Object.keys(input)) {
    if (isGiven(input[member]) && !modelled.includes(member)) throw unmodelled(`${member} in ${operation}`);
  }
}

/** The queue that `QueueUrl` names. AWS looks at the path; so does this: host and protocol are not compared. */
export function queueOf(state: SqsState, input: Input): Queue {
  const queue = state.queues.get(nameInUrl(state, textOf(input, 'QueueUrl')));
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

function nameInUrl({ accountId }: SqsState, url: string): string {
  const [name = '', account] = url.split('/').reverse();
  return account === accountId || account === undefined ? name : '';
}

/** A text that must be there. */
export function textOf(input: Input, member: string): string {
  const value = input[member];
  if (!isGiven(value)) throw missingParameter(member);
  if (typeof value !== 'string') throw invalidValue(value, member, 'Must be a string.');
  return value;
}

/** A whole number within bounds; `undefined` if it is not given. */
export function integerOf(
  input: Input,
  member: string,
  [min, max]: readonly [number, number],
  reason: string,
): number | undefined {
  const value = input[member];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw invalidValue(value, member, reason);
  }
  return value;
}

/** Names that are given; none for a list that is not. */
export function namesOf(input: Input, member: string): readonly string[] {
  const value = input[member];
  if (!isGiven(value)) return [];
  if (!Array.isArray(value)) throw invalidValue(value, member, 'Must be a list.');
  return value.map(String);
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
