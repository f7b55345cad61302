/**
 * The simulated SQS, standard queues: the one door to this folder.
 *
 * `handleSqs` takes clients' calls and what the clock brings; `receive`, `deleteMessages`, `changeVisibility` and what
 * stands beside them are for the event source mapping, and are called by the world. Each changes only `state`.
 */

import { invariant, unreachable } from '../../kernel/bug.ts';
import type { Actor } from '../../trace.ts';
import { type AwsAnswer, notSimulated } from '../service.ts';
import {
  changeByHandle,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteByHandle,
  deleteMessage,
  deleteMessageBatch,
  duplicate,
  giveAgain,
  purgeQueue,
} from './change.ts';
import { handOut } from './hand-out.ts';
import type { Instant, Received, ReceiveRequest, SqsMessage, SqsStep } from './messages.ts';
import { letTimePass } from './passing.ts';
import { firstVisibles } from './place.ts';
import {
  createQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  setQueueAttributes,
} from './queues.ts';
import { receiveMessage } from './receive.ts';
import { Refusal } from './refusal.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import type { Queue, SqsState } from './state.ts';
import { endWait, tellThoseWhoWait } from './waiting.ts';
import { Work } from './work.ts';

export { cloneSqs, newSqs, type SqsOptions, type SqsState } from './state.ts';
export { isHiddenPath, messagePath } from './work.ts';

type Call = SqsMessage & { readonly kind: 'call' };
type Operation = (work: Work, input: Call['input'], by: Actor, call: string) => AwsAnswer | null;

/** What is not in this table is refused by name. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['ChangeMessageVisibility', changeMessageVisibility],
  ['ChangeMessageVisibilityBatch', changeMessageVisibilityBatch],
  ['CreateQueue', createQueue],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', deleteMessageBatch],
  ['GetQueueAttributes', getQueueAttributes],
  ['GetQueueUrl', getQueueUrl],
  ['ListDeadLetterSourceQueues', listDeadLetterSourceQueues],
  ['ListQueues', listQueues],
  ['PurgeQueue', purgeQueue],
  ['ReceiveMessage', receiveMessage],
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
  ['SetQueueAttributes', setQueueAttributes],
]);

/** Takes a call, or what the clock brings. */
export function handleSqs(state: SqsState, message: SqsMessage, at: Instant): SqsStep {
  return step(state, at, (work) => {
    switch (message.kind) {
      case 'call':
        takeCall(work, message);
        return;
      case 'time-passed':
        work.looksForMessages(known(state, message.queue));
        return;
      case 'wait-over':
        endWait(work, known(state, message.queue), message.call);
        return;
      case 'duplicate':
        duplicate(work, known(state, message.queue), message.messageId);
        return;
      default:
        unreachable(message, 'message to SQS');
    }
  });
}

function takeCall(work: Work, { operation, input, by, call }: Call): void {
  const answer = answerTo(work, operation, input, by, call);
  if (answer !== null) work.effects.push({ kind: 'reply', call, answer });
}

function answerTo(work: Work, operation: string, input: Call['input'], by: Actor, call: string): AwsAnswer | null {
  const apply = OPERATIONS.get(operation);
  if (apply === undefined) return notSimulated(`SQS ${operation}`);
  try {
    return apply(work, input, by, call);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const named = input.QueueUrl ?? input.QueueName;
    if (typeof named === 'string') work.looksAtNamed(named.split('/').at(-1) ?? '');
    else work.looksAtQueues();
    return problem.answer;
  }
}

function step(state: SqsState, at: Instant, act: (work: Work) => void): SqsStep {
  const work = new Work(state, at);
  act(work);
  tellThoseWhoWait(work);
  return work.step();
}

function known(state: SqsState, name: string): Queue {
  const queue = state.queues.get(name);
  invariant(queue !== undefined, `no queue «${name}»`);
  return queue;
}

/**
 * Receives for a mapping: up to `maxMessages` visible messages, the one whose turn it is first. What was received too often
 * goes to the dead-letter queue instead (SQ-26).
 */
export function receive(state: SqsState, request: ReceiveRequest, at: Instant): Received {
  const queue = known(state, request.queue);
  let messages: Received['messages'] = [];
  const { effects, footprint } = step(state, at, (work) => {
    letTimePass(work, queue);
    work.looksForMessages(queue);
    messages = handOut(work, queue, { ...request, timeoutSeconds: queue.settings.visibilityTimeoutSeconds });
  });
  return { effects, footprint, messages };
}

/**
 * Hands one message out once more to a mapping, at once (SQ-09). Empty if nothing comes of it: the message is visible by
 * itself, has expired, or would go to the dead-letter queue.
 */
export function receiveAgain(
  state: SqsState,
  request: { readonly queue: string; readonly messageId: string; readonly by: Actor },
  at: Instant,
): Received {
  const queue = known(state, request.queue);
  let messages: Received['messages'] = [];
  const { effects, footprint } = step(state, at, (work) => {
    const message = giveAgain(work, queue, request.messageId, request.by);
    if (message !== null) messages = [message];
  });
  return { effects, footprint, messages };
}

/** Deletes for a mapping. A handle that a later receive has overtaken deletes nothing (SQ-03). */
export function deleteMessages(
  state: SqsState,
  request: { readonly queue: string; readonly receiptHandles: readonly string[]; readonly by: Actor },
  at: Instant,
): SqsStep {
  const queue = known(state, request.queue);
  return step(state, at, (work) => {
    for (const handle of request.receiptHandles) deleteByHandle(work, queue, handle, request.by);
  });
}

/** Sets the visibility timeout of messages anew for a mapping, from now on; 0 makes them visible at once (SQ-02). */
export function changeVisibility(
  state: SqsState,
  request: {
    readonly queue: string;
    readonly receiptHandles: readonly string[];
    readonly timeoutSeconds: number;
  },
  at: Instant,
): SqsStep {
  const queue = known(state, request.queue);
  return step(state, at, (work) => {
    for (const handle of request.receiptHandles) changeByHandle(work, queue, handle, request.timeoutSeconds);
  });
}

/** A queue by its ARN, as a mapping names it. */
export function queueByArn(state: SqsState, arn: string): Queue | undefined {
  for (const queue of state.queues.values()) if (queue.arn === arn) return queue;
  return undefined;
}

/** Asks for `available` effects and for deadlines of a queue's hidden messages, or no longer. */
export function watchQueue(state: SqsState, queue: string, watched: boolean, at: Instant): SqsStep {
  return step(state, at, (work) => {
    known(state, queue).watched = watched;
    work.changesMessages(known(state, queue));
  });
}

/** The messages that a receive could hand out now, by id, the one whose turn it is first: what `first` may name. */
export function visibleMessages(state: SqsState, queue: string, limit: number): readonly string[] {
  return firstVisibles(known(state, queue), limit).map(({ content }) => content.messageId);
}

/** The messages that a queue might hand out once more, by id: in flight, or deleted lately (SQ-09). For `duplicate`. */
export function duplicableMessages(state: SqsState, queue: string): readonly string[] {
  const { messages, lately } = known(state, queue);
  const inFlight = [...messages.values()].filter(({ place }) => place === 'in-flight');
  return [...inFlight, ...lately.values()].map(({ content }) => content.messageId);
}
