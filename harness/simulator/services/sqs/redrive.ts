/**
 * Dead-letter queues: the two policies, and the move of a message that was received too often (SQ-26 to SQ-29).
 */

import { nameInArn } from '../../contract/arn.ts';
import { recordInJsonText } from '../../contract/json-text.ts';
import { asTold, unmodelled } from '../../contract/refusal.ts';
import { isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { FifoState } from './fifo-state.ts';
import { groupOfMessage } from './groups.ts';
import { nextSequenceNumber } from './identity.ts';
import { enter, leave, nextTurn } from './place.ts';
import { invalidAttribute, invalidValue } from './refusal.ts';
import type { Queue, QueuedMessage, RedriveAllowPolicy, RedrivePolicy, SqsState } from './state.ts';
import type { Work } from './work.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const DEFAULT_MAX_RECEIVE_COUNT = 10;
const HIGHEST_MAX_RECEIVE_COUNT = 1_000;
const MOST_SOURCES = 10;

/** The attribute `RedrivePolicy` of the queue named `own`; an empty text removes the policy. */
export function readRedrivePolicy(state: SqsState, text: string, own: string): RedrivePolicy | null {
  if (text === '') return null;
  const invalid = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
  const given = recordInJsonText(text);
  if (given === null) throw invalid('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn, maxReceiveCount } = given;
  if (!isGiven(deadLetterTargetArn)) {
    throw invalid('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  }
  const count = Number(asTold(maxReceiveCount ?? DEFAULT_MAX_RECEIVE_COUNT));
  if (!Number.isInteger(count) || count < 1 || count > HIGHEST_MAX_RECEIVE_COUNT) {
    throw invalid(
      `Invalid value for maxReceiveCount: ${asTold(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const arn = asTold(deadLetterTargetArn);
  const name = /^arn:aws:sqs:[^:]+:[^:]+:([^:]+)$/.exec(arn)?.[1];
  if (name === undefined) throw invalid('Invalid value for deadLetterTargetArn.');
  // SQ-27.
  if (isFifoName(name) !== isFifoName(own)) {
    throw invalid('Dead-letter queue must be same type of queue as the source.');
  }
  // AWS does not say what becomes of a message then. A receive that moved it would receive it again, without an end.
  if (name === own) throw unmodelled('A queue that is its own dead-letter queue');
  const target = state.queues.get(name);
  if (target === undefined || target.arn !== arn) throw invalid('Dead letter target does not exist.');
  if (!allows(target, `arn:aws:sqs:${state.region}:${state.accountId}:${own}`)) {
    throw invalid("The source queue is not allowed by the dead-letter queue's RedriveAllowPolicy.");
  }
  return { deadLetterTargetArn: arn, maxReceiveCount: count };
}

function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}

/** Whether a queue accepts dead letters from another one (SQ-29). */
function allows({ settings: { redriveAllowPolicy } }: Queue, sourceArn: string): boolean {
  if (redriveAllowPolicy === null || redriveAllowPolicy.redrivePermission === 'allowAll') return true;
  return redriveAllowPolicy.redrivePermission === 'byQueue' && redriveAllowPolicy.sourceQueueArns.includes(sourceArn);
}

/** The attribute `RedriveAllowPolicy`; an empty text removes the policy. */
export function readRedriveAllowPolicy(text: string): RedriveAllowPolicy | null {
  if (text === '') return null;
  const { redrivePermission, sourceQueueArns } = recordInJsonText(text) ?? {};
  const sources: unknown = sourceQueueArns ?? [];
  const listed = Array.isArray(sources) && sources.length > 0;
  switch (redrivePermission) {
    case 'allowAll':
    case 'denyAll':
      if (listed) throw invalidAttribute('RedriveAllowPolicy');
      return { redrivePermission };
    case 'byQueue':
      if (!listed || sources.length > MOST_SOURCES) throw invalidAttribute('RedriveAllowPolicy');
      return { redrivePermission, sourceQueueArns: sources.map(asTold) };
    default:
      throw invalidAttribute('RedriveAllowPolicy');
  }
}

export function writeRedrivePolicy({ deadLetterTargetArn, maxReceiveCount }: RedrivePolicy): string {
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
}

export function writeRedriveAllowPolicy(policy: RedriveAllowPolicy): string {
  return JSON.stringify(policy);
}

/** The dead-letter queue to which a message must go instead of being received; null if it may be received. */
export function deadLetterTarget(work: Work, queue: Queue, message: QueuedMessage): Queue | null {
  const { redrivePolicy } = queue.settings;
  if (redrivePolicy === null || message.receiveCount < redrivePolicy.maxReceiveCount) return null;
  const name = nameInArn(redrivePolicy.deadLetterTargetArn);
  work.looksAtSettings(name);
  return work.state.queues.get(name) ?? null;
}

/** The name of the dead-letter queue in an attribute `RedrivePolicy`; null if it names none. */
export function targetNameIn(text: unknown): string | null {
  const arn = typeof text === 'string' ? recordInJsonText(text)?.deadLetterTargetArn : null;
  return typeof arn === 'string' ? nameInArn(arn) : null;
}

/**
 * Moves a message, which keeps its id, body, attributes and group, and on a standard queue the instant of its send (SQ-27). The move
 * happens when a receive would have returned the message (UV-06).
 */
export function moveToDeadLetterQueue(work: Work, from: Queue, message: QueuedMessage, to: Queue, by: Actor): void {
  leave(from, message);
  to.lastNumber += 1;
  const number = to.lastNumber;
  const moved: QueuedMessage = {
    ...message,
    number,
    place: 'visible',
    turn: nextTurn(to),
    visibleAtMs: work.nowMs,
    deadLetterSourceArn: from.arn,
    ...(to.fifo === null ? {} : asNewIn(to.fifo, message, work.nowMs)),
  };
  enter(to, moved);
  if (from.fifo === null) {
    work.changesMessages(from);
    work.changesMessages(to);
  } else {
    work.changesVisible(from, message);
    work.changesVisible(to, moved);
  }
  work.note(by, {
    kind: 'message-dead-lettered',
    queue: work.shown(from),
    messageId: message.content.messageId,
    deadLetterQueue: work.shown(to),
    receiveCount: message.receiveCount,
    ...(from.fifo === null ? {} : { groupId: message.content.messageGroupId ?? '' }),
  });
}

/**
 * What changes of a message that a FIFO queue gets as a dead letter: its retention begins anew, and its deduplication id becomes its message
 * id (SQ-27). Its sequence number is one of its new queue (UV-61).
 */
function asNewIn(fifo: FifoState, message: QueuedMessage, nowMs: number): Pick<QueuedMessage, 'content' | 'sentAtMs'> {
  const { content } = message;
  const sequenceNumber = nextSequenceNumber(groupOfMessage(fifo, message));
  return {
    sentAtMs: nowMs,
    content: Object.freeze({ ...content, deduplicationId: content.messageId, sequenceNumber }),
  };
}

/** The queues that send their dead letters to this one. */
export function sourcesOf(state: SqsState, queue: Queue): readonly Queue[] {
  return [...state.queues.values()].filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === queue.arn);
}
