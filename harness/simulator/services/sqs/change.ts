/**
 * DeleteMessage and ChangeMessageVisibility, one or a batch; PurgeQueue; and a message's second life (SQ-09).
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { eachEntry, entriesOf } from './batch.ts';
import { give } from './hand-out.ts';
import type { ReceivedMessage } from './messages.ts';
import { letTimePass, noteVisibleAgain, showAgain } from './passing.ts';
import { enter, hide, leave } from './place.ts';
import { isLatest, readHandle } from './receipt-handle.ts';
import { deadLetterTarget } from './redrive.ts';
import { invalidValue, missingParameter, purgeInProgress, receiptHandleIsInvalid } from './refusal.ts';
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
  return eachEntry(entriesOf(input, 'DeleteMessageBatchRequestEntry'), (entry) => {
    checkMembers('DeleteMessageBatch', entry, ['Id', 'ReceiptHandle']);
    deleteByHandle(work, queue, SQS_MEMBERS.text(entry, 'ReceiptHandle'), by);
    return {};
  });
}

/** Deletes what a handle stands for. A second delete, and one by a handle that is no longer the latest, do nothing (SQ-03). */
export function deleteByHandle(work: Work, queue: Queue, handle: string, by: Actor): void {
  const message = messageOf(work, queue, handle);
  if (message === null) return;
  if (message.place === 'visible' || message.content.messageGroupId !== null) work.changesVisible(queue, message);
  leave(queue, message);
  remember(work, queue, message);
  noteDeleted(work, queue, message, by);
}

/** The message whose latest receive a handle is; null for one that is gone or has been received again. */
function messageOf(work: Work, queue: Queue, text: string): QueuedMessage | null {
  const handle = readHandle(queue, text);
  if (handle === null) {
    // A later receive may issue it.
    work.looksAtMessages(queue);
    throw receiptHandleIsInvalid(text);
  }
  letTimePass(work, queue);
  const message = queue.messages.get(handle.messageNumber);
  if (message === undefined) {
    work.looksAtMessages(queue);
    return null;
  }
  work.changesMessage(queue, message.content.messageId);
  return isLatest(message, handle) ? message : null;
}

function noteDeleted(work: Work, queue: Queue, { content: { messageId } }: QueuedMessage, by: Actor): void {
  work.note(by, { kind: 'message-deleted', queue: work.shown(queue), messageId, by });
}

/** How many deleted messages a queue might still hand out. */
const MOST_REMEMBERED = 16;

function remember(work: Work, queue: Queue, message: QueuedMessage): void {
  queue.lately.set(message.number, message);
  const [first] = queue.lately.keys();
  // Which one is forgotten depends on the order of all deletes.
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

/** Sets a visibility timeout anew, from now on (SQ-02). One that is over may still be set again (SQ-06). */
export function changeByHandle(work: Work, queue: Queue, handle: string, timeoutSeconds: number): void {
  const read = readHandle(queue, handle);
  const message = messageOf(work, queue, handle);
  if (message === null) {
    if (read !== null && queue.messages.has(read.messageNumber)) return;
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

/** Takes all messages out. Again only after 60 seconds (SQ-11). */
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
 * The queue hands a message out once more: one in flight becomes visible, one that was deleted is back (SQ-09). Nothing
 * comes of it if the message is visible by itself in the meantime.
 */
export function duplicate(work: Work, queue: Queue, messageId: string): void {
  letTimePass(work, queue);
  const message = duplicable(queue, messageId);
  if (message === null) return;
  revive(queue, message);
  showAgain(work, queue, message, 'duplicate');
}

/**
 * The same, and it is given to a receiver at once: nobody else could have taken it in between, and whoever asks for messages
 * meanwhile gets what they would have got. Null if nothing comes of it, or if it would have to go elsewhere.
 */
export function giveAgain(work: Work, queue: Queue, messageId: string, by: Actor): ReceivedMessage | null {
  letTimePass(work, queue);
  const message = duplicable(queue, messageId);
  if (message === null || deadLetterTarget(work.state, queue, message) !== null) return null;
  if (message.content.messageGroupId !== null) work.changesMessages(queue);
  work.changesMessage(queue, messageId);
  revive(queue, message);
  noteVisibleAgain(work, queue, message, 'duplicate');
  return give(work, queue, message, { timeoutSeconds: queue.settings.visibilityTimeoutSeconds, by });
}

/** A message that is in flight, or that was deleted lately. */
function duplicable(queue: Queue, messageId: string): QueuedMessage | null {
  const isIt = ({ content }: QueuedMessage) => content.messageId === messageId;
  const inFlight = [...queue.messages.values()].find((message) => isIt(message) && message.place === 'in-flight');
  return inFlight ?? [...queue.lately.values()].find(isIt) ?? null;
}

/** Puts a deleted message back. */
function revive(queue: Queue, message: QueuedMessage): void {
  if (!queue.lately.delete(message.number)) return;
  enter(queue, message);
}
