/**
 * Reads the members of requests with SQS's wording, and finds the queue that a request names.
 */

import type { Input } from '../../contract/answer.ts';
import { RequestReader } from '../../contract/request.ts';
import { invalidValue, missingParameter, queueDoesNotExist } from './refusal.ts';
import type { Queue, SqsState } from './state.ts';

/** Reads members, and refuses them as SQS does. */
export const SQS_MEMBERS = new RequestReader({
  missing: (member) => missingParameter(member),
  wrongType: (member, value, wanted, bounds) => invalidValue(value, member, bounds?.reason ?? `Must be a ${wanted}.`),
  outOfBounds: (member, value, { reason = '' }) => invalidValue(value, member, reason),
  notOneOf: (member, value, allowed) => invalidValue(value, member, `Must be one of ${allowed.join(', ')}.`),
});

/** The queue that `QueueUrl` names. Like AWS, it compares the path only, not host and protocol. */
export function queueOf(state: SqsState, input: Input): Queue {
  const queue = state.queues.get(nameInUrl(state, SQS_MEMBERS.text(input, 'QueueUrl')));
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

function nameInUrl({ accountId }: SqsState, url: string): string {
  const [name = '', account] = url.split('/').reverse();
  return account === accountId || account === undefined ? name : '';
}
