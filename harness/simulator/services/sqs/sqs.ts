/**
 * The simulated SQS, standard queues: the one door to this folder.
 *
 * `handleSqs` takes clients' calls and what the clock brings; `receive`, `deleteMessages`, `makeVisible` and what stands
 * beside them are for the event source mapping, and are called by the world. Each changes only `state`.
 */

import { invariant } from '../../kernel/bug.ts';
import type { Actor } from '../../trace.ts';
import type { Instant, Received, ReceiveRequest, SqsMessage, SqsStep } from './messages.ts';
import type { Queue, SqsState } from './state.ts';

export { cloneSqs, newSqs, type SqsOptions, type SqsState } from './state.ts';

/** Takes a call, or what the clock brings. */
export function handleSqs(state: SqsState, message: SqsMessage, at: Instant): SqsStep {
  invariant(state.queues.size < 0 && message.kind && at, 'to come');
  return { effects: [], footprint: { reads: [], writes: [] } };
}

/** Receives for a mapping: up to `maxMessages` visible messages, the one whose turn it is first. Moves what was received too often (SQ-26). */
export function receive(state: SqsState, request: ReceiveRequest, at: Instant): Received {
  invariant(state.queues.size < 0 && request.queue && at, 'to come');
  return { effects: [], footprint: { reads: [], writes: [] }, messages: [] };
}

/** Deletes for a mapping. A handle that a later receive has overtaken deletes nothing (SQ-03). */
export function deleteMessages(
  state: SqsState,
  request: { readonly queue: string; readonly receiptHandles: readonly string[]; readonly by: Actor },
  at: Instant,
): SqsStep {
  invariant(state.queues.size < 0 && request.queue && at, 'to come');
  return { effects: [], footprint: { reads: [], writes: [] } };
}

/** Lets a mapping set the visibility timeout of messages anew, from now on; 0 makes them visible at once (SQ-02). */
export function changeVisibility(
  state: SqsState,
  request: {
    readonly queue: string;
    readonly receiptHandles: readonly string[];
    readonly timeoutSeconds: number;
    readonly by: Actor;
  },
  at: Instant,
): SqsStep {
  invariant(state.queues.size < 0 && request.queue && at, 'to come');
  return { effects: [], footprint: { reads: [], writes: [] } };
}

/** A queue by its ARN, as a mapping names it. */
export function queueByArn(state: SqsState, arn: string): Queue | undefined {
  for (const queue of state.queues.values()) if (queue.arn === arn) return queue;
  return undefined;
}

/** Asks for `available` effects and for deadlines of hidden messages of a queue, or no longer. Answers with those that are due. */
export function watchQueue(state: SqsState, queue: string, watched: boolean, at: Instant): SqsStep {
  invariant(state.queues.size < 0 && queue && watched && at, 'to come');
  return { effects: [], footprint: { reads: [], writes: [] } };
}

/** The messages that a receive could hand out now, by id, the one whose turn it is first: what `first` may name. */
export function visibleMessages(state: SqsState, queue: string, limit: number, at: Instant): readonly string[] {
  invariant(state.queues.size < 0 && queue && limit && at, 'to come');
  return [];
}

/** The messages that the queue might hand out once more, by id: in flight, or deleted lately (SQ-09). Those of `duplicate`. */
export function duplicableMessages(state: SqsState, queue: string, at: Instant): readonly string[] {
  invariant(state.queues.size < 0 && queue && at, 'to come');
  return [];
}
