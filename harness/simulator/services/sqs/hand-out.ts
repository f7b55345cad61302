/**
 * Hands messages out: which message comes next, which goes to the dead-letter queue instead, and what a receiver gets.
 *
 * Used by clients' receives, by long polls that have waited, and by mappings.
 */

import { type Actor, SCENARIO } from '../../contract/trace-entry.ts';
import type { Handed, ReceivedMessage } from './messages.ts';
import { firstVisible, hide } from './place.ts';
import { receiptHandle } from './receipt-handle.ts';
import { deadLetterTarget, moveToDeadLetterQueue } from './redrive.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

/** The largest number of messages in flight on a standard queue (SQ-05). */
export const MOST_IN_FLIGHT = 120_000;

export interface HandOut {
  readonly maxMessages: number;
  readonly timeoutSeconds: number;
  readonly by: Actor;
  /** The id of a message to hand out before all others. */
  readonly first?: string;
}

/** Hands out visible messages in order of their turns. `letTimePass` must have brought the queue up to date. */
export function handOut(work: Work, queue: Queue, request: HandOut): readonly ReceivedMessage[] {
  const received: ReceivedMessage[] = [];
  let next = request.first === undefined ? undefined : visibleById(queue, request.first);
  while (received.length < request.maxMessages && queue.counts['in-flight'] < MOST_IN_FLIGHT) {
    next ??= firstVisible(queue);
    if (next === undefined) break;
    const target = deadLetterTarget(work, queue, next);
    if (target === null) received.push(handOutOne(work, queue, next, request));
    else moveToDeadLetterQueue(work, queue, next, target, request.by);
    next = undefined;
  }
  return received;
}

function visibleById(queue: Queue, messageId: string): QueuedMessage | undefined {
  for (const message of queue.messages.values()) {
    if (message.content.messageId === messageId && message.place === 'visible') return message;
  }
  return undefined;
}

function handOutOne(work: Work, queue: Queue, message: QueuedMessage, request: HandOut): ReceivedMessage {
  work.changesVisible(queue, message);
  return give(work, queue, message, request);
}

/** Gives a message to a receiver, from any place in the queue. */
export function give(
  work: Work,
  queue: Queue,
  message: QueuedMessage,
  request: Pick<HandOut, 'timeoutSeconds' | 'by'>,
): ReceivedMessage {
  const { nowMs } = work;
  const visibleAgainAtMs = nowMs + request.timeoutSeconds * 1_000;
  message.receiveCount += 1;
  message.receives += 1;
  message.firstReceivedAtMs ??= nowMs;
  message.receivedAtMs = nowMs;
  hide(queue, message, visibleAgainAtMs);
  const { receiveCount, receives, content } = message;
  const { messageId } = content;
  const { by } = request;
  work.note(by, {
    kind: 'message-received',
    queue: work.shown(queue),
    messageId,
    receiveCount,
    by,
    visibleAgainAtMs,
  });
  const isLast = deadLetterTarget(work, queue, message) !== null;
  offerAgain(work, { queue: queue.name, messageId, receives, by }, isLast);
  return describe(work, queue, message);
}

/**
 * Offers a second delivery of a message that was handed out (SQ-09). The scenario's own receives have none. After its last receive
 * (`isLast`) the second delivery makes a dead letter of the message (SQ-26), unless it comes from a server that has not heard of that
 * receive.
 */
function offerAgain(work: Work, handed: Handed, isLast: boolean): void {
  if (handed.by === SCENARIO || !work.moment.mayStrike('duplicate')) return;
  const again = { ...handed, kind: 'will-come-again' } as const;
  const unheard = isLast ? [{ ...again, isUnheard: true } as const] : [];
  work.effects.push({ kind: 'offer', fault: 'duplicate', options: [null, again, ...unheard] });
}

function describe({ moment: { epochMs } }: Work, queue: Queue, message: QueuedMessage): ReceivedMessage {
  const { content, sentAtMs, firstReceivedAtMs, receiveCount, deadLetterSourceArn } = message;
  const { md5OfAttributes, awsTraceHeader, messageGroupId } = content;
  return {
    MessageId: content.messageId,
    ReceiptHandle: receiptHandle(queue, message),
    MD5OfBody: content.md5OfBody,
    Body: content.body,
    Attributes: {
      SenderId: content.senderId,
      ApproximateFirstReceiveTimestamp: String(epochMs + (firstReceivedAtMs ?? 0)),
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(epochMs + sentAtMs),
      ...(awsTraceHeader === null ? {} : { AWSTraceHeader: awsTraceHeader }),
      ...(messageGroupId === null ? {} : { MessageGroupId: messageGroupId }),
      ...(deadLetterSourceArn === null ? {} : { DeadLetterQueueSourceArn: deadLetterSourceArn }),
    },
    MessageAttributes: content.messageAttributes,
    ...(md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfAttributes }),
  };
}
