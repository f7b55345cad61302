/**
 * Hands messages out: which message comes next, which goes to the dead-letter queue instead, and what a receiver gets.
 *
 * Used by clients' receives, by long polls that have waited, and by mappings.
 */

import { chainedBy } from '../../contract/event-chain.ts';
import { type Actor, SCENARIO } from '../../contract/trace-entry.ts';
import type { FifoState, MessageGroup } from './fifo-state.ts';
import { groupOfMessage, groupsInTurn, headOf, receivableIn } from './groups.ts';
import type { Handed, ReceivedMessage } from './messages.ts';
import { firstVisible, hide } from './place.ts';
import { receiptHandle } from './receipt-handle.ts';
import { deadLetterTarget, moveToDeadLetterQueue } from './redrive.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

/** The largest number of messages in flight (SQ-05). */
export const MOST_IN_FLIGHT = 120_000;

export interface HandOut {
  readonly maxMessages: number;
  readonly timeoutSeconds: number;
  readonly by: Actor;
  /** The id of a message to hand out before all others, on a FIFO queue with the others of its group. */
  readonly first?: string;
  /** A mapping takes the messages, and will delete them. */
  readonly isForMapping?: true;
}

/** Hands out visible messages. `letTimePass` must have brought the queue up to date. */
export function handOut(work: Work, queue: Queue, request: HandOut): readonly ReceivedMessage[] {
  const { fifo } = queue;
  return fifo === null ? handOutInTurn(work, queue, request) : handOutInGroups(work, queue, fifo, request);
}

/** Messages of a standard queue come in order of their turns. */
function handOutInTurn(work: Work, queue: Queue, request: HandOut): readonly ReceivedMessage[] {
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

/** Messages of a FIFO queue come group by group: as many of one group as may come, then those of the next (SQ-15). */
function handOutInGroups(work: Work, queue: Queue, fifo: FifoState, request: HandOut): readonly ReceivedMessage[] {
  const received: ReceivedMessage[] = [];
  const isRoom = () => received.length < request.maxMessages && queue.counts['in-flight'] < MOST_IN_FLIGHT;
  const chosen = request.first === undefined ? undefined : visibleById(queue, request.first);
  let next = chosen === undefined ? undefined : groupOfMessage(fifo, chosen);
  while (isRoom()) {
    next ??= groupsInTurn(queue, fifo, 1)[0];
    if (next === undefined) break;
    work.takesFrom(queue);
    for (const message of receivableIn(queue, next)) {
      const target = deadLetterTarget(work, queue, message);
      if (target === null) received.push(handOutOne(work, queue, message, request));
      else moveToDeadLetterQueue(work, queue, message, target, request.by);
      if (!isRoom()) break;
    }
    noteBlocked(work, queue, next);
    next = undefined;
  }
  return received;
}

/** Notes that the rest of a group has to wait for the messages of it that are in flight. */
function noteBlocked(work: Work, queue: Queue, group: MessageGroup): void {
  const head = headOf(queue, group);
  if (head === undefined || head.place === 'visible' || group.visible === 0) return;
  const { id: groupId, visible: waiting } = group;
  const { messageId: behind } = head.content;
  work.noteAside({ kind: 'group-blocked', queue: work.shown(queue), groupId, behind, waiting });
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
  request: Pick<HandOut, 'timeoutSeconds' | 'by' | 'isForMapping'>,
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
    ...(queue.fifo === null || content.messageGroupId === null ? {} : { groupId: content.messageGroupId }),
  });
  const handed = { queue: queue.name, messageId, receives, by };
  if (queue.fifo !== null) {
    if (request.isForMapping) offerLostDelete(work, handed);
  } else offerAgain(work, handed, deadLetterTarget(work, queue, message) !== null);
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

/**
 * A FIFO queue delivers nothing twice by itself, but the delete of a mapping may fail (SE-20). Whether it does is chosen when the message
 * is handed out: chosen at the delete, it would be a question that depends on whether the budget is used up.
 */
function offerLostDelete(work: Work, handed: Handed): void {
  if (!work.moment.mayStrike('duplicate')) return;
  work.effects.push({ kind: 'offer', fault: 'duplicate', options: [null, { ...handed, kind: 'will-lose-delete' }] });
}

function describe({ moment: { epochMs } }: Work, queue: Queue, message: QueuedMessage): ReceivedMessage {
  const { content, sentAtMs, firstReceivedAtMs, receiveCount, deadLetterSourceArn } = message;
  const { md5OfAttributes, awsTraceHeader, messageGroupId, deduplicationId, sequenceNumber } = content;
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
      ...(deduplicationId === null ? {} : { MessageDeduplicationId: deduplicationId }),
      ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }),
      ...(deadLetterSourceArn === null ? {} : { DeadLetterQueueSourceArn: deadLetterSourceArn }),
    },
    MessageAttributes: content.messageAttributes,
    ...(md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfAttributes }),
    ...chainedBy(content.chain),
  };
}
