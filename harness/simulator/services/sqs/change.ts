/**
 * DeleteMessage and ChangeMessageVisibility, for one message or a batch; PurgeQueue; and the second delivery of a message
 * (SQ-09).
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { eachEntry, entriesOf } from './batch.ts';
import { groupOfMessage } from './groups.ts';
import { give } from './hand-out.ts';
import type { ReceivedMessage } from './messages.ts';
import { letTimePass, noteVisibleAgain, showAgain } from './passing.ts';
import { enter, hide, leave } from './place.ts';
import { isLatest, readHandle } from './receipt-handle.ts';
import { deadLetterTarget } from './redrive.ts';
import {
  invalidValue,
  missingParameter,
  purgeInProgress,
  receiptHandleHasExpired,
  receiptHandleIsInvalid,
} from './refusal.ts';
import { queueOf, SQS_MEMBERS } from './request.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

export function deleteMessage(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('DeleteMessage', input, ['QueueUrl', 'ReceiptHandle']);
  deleteByHandle(work, queue, SQS_MEMBERS.text(input, 'ReceiptHandle'), by);
  return ok({});
}

export function deleteMessageBatch(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('DeleteMessageBatch', input, ['QueueUrl', 'Entries']);
  work.looksAt(queue);
  return eachEntry(entriesOf(input, 'DeleteMessageBatchRequestEntry'), (entry) => {
    checkMembers('DeleteMessageBatch', entry, ['Id', 'ReceiptHandle']);
    deleteByHandle(work, queue, SQS_MEMBERS.text(entry, 'ReceiptHandle'), by);
    return {};
  });
}

/** Deletes the message of a handle. A second delete does nothing, nor does a delete with an older handle (SQ-03). */
export function deleteByHandle(work: Work, queue: Queue, handle: string, by: Actor): void {
  const message = messageOf(work, queue, handle);
  if (message === null) return;
  deleteIt(work, queue, message, by);
}

/**
 * Deletes the message of a handle for a mapping. On a FIFO queue that may be too late (SQ-04), or fail (SE-20): the message comes back, and
 * the mapping takes no notice.
 */
export function deleteForMapping(work: Work, queue: Queue, handle: string, by: Actor): void {
  const message = messageByHandle(work, queue, handle);
  if (message === null) return;
  const { content, receives, losesDeleteOf } = message.message;
  const { messageId } = content;
  const event = { kind: 'message-not-deleted', queue: work.shown(queue), messageId, by } as const;
  if (message.isExpired) work.note(by, { ...event, why: 'expired' });
  else if (losesDeleteOf === receives) {
    message.message.losesDeleteOf = null;
    work.effects.push({ kind: 'strike', fault: 'duplicate', by });
    work.note(by, { ...event, why: 'lost' });
  } else deleteIt(work, queue, message.message, by);
}

function deleteIt(work: Work, queue: Queue, message: QueuedMessage, by: Actor): void {
  const { fifo } = queue;
  const isTenant = fifo === null && message.content.messageGroupId !== null;
  // Messages that wait may come now; if there are none, no receive learns that this one is gone.
  const frees = fifo !== null && groupOfMessage(fifo, message).visible > 0;
  if (message.place === 'visible' || isTenant || frees) work.changesVisible(queue, message);
  leave(queue, message);
  if (queue.fifo === null) remember(work, queue, message);
  noteDeleted(work, queue, message, by);
}

/**
 * The message whose latest receive issued this handle; null if it is gone or, on a standard queue, has been received again. A FIFO queue
 * refuses a handle that is no longer of use (SQ-04).
 */
function messageOf(work: Work, queue: Queue, text: string): QueuedMessage | null {
  const found = messageByHandle(work, queue, text);
  if (found?.isExpired) throw receiptHandleHasExpired(text);
  return found?.message ?? null;
}

/** The message of a handle. `isExpired`: it belongs to a FIFO queue, and is not in flight by this handle. */
function messageByHandle(
  work: Work,
  queue: Queue,
  text: string,
): { readonly message: QueuedMessage; readonly isExpired: boolean } | null {
  const handle = readHandle(queue, text);
  if (handle === null) {
    // A later receive may issue this handle.
    work.looksAtMessages(queue);
    throw receiptHandleIsInvalid(text);
  }
  letTimePass(work, queue);
  const message = queue.messages.get(handle.messageNumber ?? 0);
  if (message === undefined) {
    if (handle.messageId === null) work.looksAtMessages(queue);
    else work.looksAtMessageOfFifo(queue, handle.messageId);
    return null;
  }
  if (queue.fifo !== null) {
    work.changesInHand(queue, message);
    return { message, isExpired: message.place !== 'in-flight' || !isLatest(message, handle) };
  }
  work.changesMessage(queue, message.content.messageId);
  return isLatest(message, handle) ? { message, isExpired: false } : null;
}

function noteDeleted(work: Work, queue: Queue, { content: { messageId } }: QueuedMessage, by: Actor): void {
  work.note(by, { kind: 'message-deleted', queue: work.shown(queue), messageId, by });
}

/** The number of deleted messages that a queue remembers and might still hand out. */
const MOST_REMEMBERED = 16;

function remember(work: Work, queue: Queue, message: QueuedMessage): void {
  queue.lately.set(message.number, message);
  const [first] = queue.lately.keys();
  // The order of all deletes decides which message is forgotten.
  if (queue.lately.size >= MOST_REMEMBERED) work.changesMessages(queue);
  if (queue.lately.size > MOST_REMEMBERED && first !== undefined) queue.lately.delete(first);
}

const TIMEOUT_BOUNDS = 'VisibilityTimeout must be an integer between 0 and 43200.';

export function changeMessageVisibility(work: Work, input: Input): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('ChangeMessageVisibility', input, ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout']);
  changeByHandle(work, queue, SQS_MEMBERS.text(input, 'ReceiptHandle'), timeoutOf(input));
  return ok({});
}

export function changeMessageVisibilityBatch(work: Work, input: Input): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('ChangeMessageVisibilityBatch', input, ['QueueUrl', 'Entries']);
  work.looksAt(queue);
  return eachEntry(entriesOf(input, 'ChangeMessageVisibilityBatchRequestEntry'), (entry) => {
    checkMembers('ChangeMessageVisibilityBatch', entry, ['Id', 'ReceiptHandle', 'VisibilityTimeout']);
    changeByHandle(work, queue, SQS_MEMBERS.text(entry, 'ReceiptHandle'), timeoutOf(entry));
    return {};
  });
}

function timeoutOf(input: Input): number {
  if (!isGiven(input.VisibilityTimeout)) throw missingParameter('VisibilityTimeout');
  return SQS_MEMBERS.integer(input, 'VisibilityTimeout', { min: 0, max: LONGEST_SECONDS, reason: TIMEOUT_BOUNDS }) ?? 0;
}

/** SQ-01: twelve hours in all, counted from the receive. */
const LONGEST_SECONDS = 43_200;

/** Sets a visibility timeout that counts from now (SQ-02). A timeout that has run out can be set again (SQ-06). */
export function changeByHandle(work: Work, queue: Queue, handle: string, timeoutSeconds: number): void {
  const read = readHandle(queue, handle);
  const message = messageOf(work, queue, handle);
  if (message === null) {
    if (read !== null && queue.messages.has(read.messageNumber ?? 0)) return;
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  const untilMs = work.nowMs + timeoutSeconds * 1_000;
  if (untilMs - (message.receivedAtMs ?? work.nowMs) > LONGEST_SECONDS * 1_000) {
    throw invalidValue(
      timeoutSeconds,
      'VisibilityTimeout',
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    );
  }
  work.changesVisible(queue, message);
  if (timeoutSeconds > 0) hide(queue, message, untilMs);
  else if (message.place !== 'visible') showAgain(work, queue, message, 'returned');
}

const PURGE_PAUSE_MS = 60_000;

/** Removes all messages. The next purge is possible 60 seconds later (SQ-11). */
export function purgeQueue(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('PurgeQueue', input, ['QueueUrl']);
  if (queue.purgedAtMs !== null && work.nowMs - queue.purgedAtMs < PURGE_PAUSE_MS) throw purgeInProgress(queue.name);
  letTimePass(work, queue);
  queue.purgedAtMs = work.nowMs;
  work.changesMessages(queue);
  for (const message of [...queue.messages.values()]) {
    leave(queue, message);
    noteDeleted(work, queue, message, by);
  }
  return ok({});
}

/**
 * The queue delivers a message a second time: a message in flight becomes visible, a deleted one comes back (SQ-09). If the
 * message is visible by itself in the meantime, this does nothing.
 */
export function duplicate(work: Work, queue: Queue, messageId: string): void {
  letTimePass(work, queue);
  const message = duplicable(queue, messageId);
  if (message === null) return;
  revive(queue, message);
  showAgain(work, queue, message, 'duplicate');
}

/**
 * The same, with a receiver that gets the message at once: no other receiver could have taken it in between, and other
 * receivers get the messages that they would have got anyway. Null if there is no second delivery, or if the message would
 * have to go to the dead-letter queue.
 */
export function giveAgain(work: Work, queue: Queue, messageId: string, by: Actor): ReceivedMessage | null {
  letTimePass(work, queue);
  const message = duplicable(queue, messageId);
  if (message === null || deadLetterTarget(work, queue, message) !== null) return null;
  if (message.content.messageGroupId !== null) work.changesMessages(queue);
  work.changesMessage(queue, messageId);
  revive(queue, message);
  noteVisibleAgain(work, queue, message, 'duplicate');
  return give(work, queue, message, { timeoutSeconds: queue.settings.visibilityTimeoutSeconds, by });
}

/** Takes back the count of the latest receive of such a message: the copy that comes again has not heard of it. */
export function forgetReceive(queue: Queue, messageId: string): void {
  const message = duplicable(queue, messageId);
  if (message !== null) message.receiveCount -= 1;
}

/** A message that is in flight, or that was deleted recently. */
function duplicable(queue: Queue, messageId: string): QueuedMessage | null {
  const isIt = ({ content }: QueuedMessage) => content.messageId === messageId;
  const inFlight = [...queue.messages.values()].find((message) => isIt(message) && message.place === 'in-flight');
  return inFlight ?? [...queue.lately.values()].find(isIt) ?? null;
}

/** Puts a deleted message back, where receivers find it: it was not in flight, so no visibility timeout ends. */
function revive(queue: Queue, message: QueuedMessage): void {
  if (!queue.lately.delete(message.number)) return;
  message.place = 'visible';
  enter(queue, message);
}
