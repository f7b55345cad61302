/**
 * SendMessage and SendMessageBatch.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { asTold, Refusal } from '../../contract/refusal.ts';
import { checkMembers, isGiven, isRecord, type MemberBounds } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { eachEntry, entriesOf } from './batch.ts';
import { acceptedBefore, deduplicationIdOf, rememberSend } from './deduplication.ts';
import type { AcceptedSend } from './fifo-state.ts';
import { groupOf, headOf } from './groups.ts';
import { messageIdInGroup, messageIdOf, nextSequenceNumber } from './identity.ts';
import {
  attributesSizeBytes,
  checkBody,
  md5OfAttributes,
  md5OfText,
  readMessageAttributes,
} from './message-attributes.ts';
import { letTimePass } from './passing.ts';
import { enter, nextTurn } from './place.ts';
import { batchTooLong, invalidParameter, invalidValue, messageTooLong, missingParameter } from './refusal.ts';
import { queueOf, SQS_MEMBERS } from './request.ts';
import type { MessageContent, Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

/** SQ-07: since August 2025. */
const BATCH_SIZE_BYTES = 1_048_576;
/** The documentation's example of a user's id. */
const SENDER_ID = 'AIDACKCEVSQ6C2EXAMPLE';
/** SQ-33: 1 to 128 letters, digits and punctuation. */
const GROUP_ID = /^[!-~]{1,128}$/;

const DELAY_SECONDS: MemberBounds = { min: 0, max: 900, reason: 'DelaySeconds must be >= 0 and <= 900.' };
const MESSAGE_MEMBERS = [
  'MessageBody',
  'DelaySeconds',
  'MessageAttributes',
  'MessageSystemAttributes',
  'MessageGroupId',
  'MessageDeduplicationId',
] as const;

export function sendMessage(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('SendMessage', input, ['QueueUrl', ...MESSAGE_MEMBERS]);
  return ok(send(work, queue, readMessage(queue, input), { by, isEntry: false }));
}

export function sendMessageBatch(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('SendMessageBatch', input, ['QueueUrl', 'Entries']);
  // An entry may be refused before anything looks at the queue, and the batch is answered all the same.
  work.looksAt(queue);
  const entries = entriesOf(input, 'SendMessageBatchRequestEntry');
  for (const entry of entries) checkMembers('SendMessageBatch', entry, ['Id', ...MESSAGE_MEMBERS]);
  const drafts = new Map(entries.map((entry) => [entry, readOrRefuse(queue, entry)]));
  const sizeBytes = [...drafts.values()].reduce(
    (sum, draft) => sum + (draft instanceof Refusal ? 0 : draft.sizeBytes),
    0,
  );
  if (sizeBytes > BATCH_SIZE_BYTES) throw batchTooLong(BATCH_SIZE_BYTES, sizeBytes);
  return eachEntry(entries, (entry) => {
    const draft = drafts.get(entry) ?? readMessage(queue, entry);
    if (draft instanceof Refusal) throw draft;
    return send(work, queue, draft, { by, isEntry: true });
  });
}

function readOrRefuse(queue: Queue, entry: Input): Draft | Refusal {
  try {
    return readMessage(queue, entry);
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
    throw problem;
  }
}

/** A message as the request gives it, with all checks that need no more than its queue's type. */
type Draft = Omit<MessageContent, 'messageId' | 'sequenceNumber'> & {
  readonly delaySeconds: number | undefined;
  readonly systemMd5?: string;
};

function readMessage(queue: Queue, input: Input): Draft {
  const body = SQS_MEMBERS.text(input, 'MessageBody');
  if (body === '') throw missingParameter('MessageBody');
  checkBody(body);
  const messageAttributes = readMessageAttributes(input.MessageAttributes);
  const system = readSystemAttributes(input.MessageSystemAttributes);
  const systemMd5 = md5OfAttributes(system);
  return {
    body,
    md5OfBody: md5OfText(body),
    messageAttributes,
    md5OfAttributes: md5OfAttributes(messageAttributes),
    senderId: SENDER_ID,
    awsTraceHeader: system.AWSTraceHeader?.StringValue ?? null,
    messageGroupId: readGroup(queue, input),
    deduplicationId: deduplicationIdOf(queue, input, body),
    sizeBytes: new TextEncoder().encode(body).length + attributesSizeBytes(messageAttributes),
    delaySeconds: readDelay(queue, input),
    ...(systemMd5 === undefined ? {} : { systemMd5 }),
  };
}

function readSystemAttributes(given: unknown) {
  if (!isGiven(given)) return {};
  const names = isRecord(given) ? Object.keys(given) : [];
  const other = names.find((name) => name !== 'AWSTraceHeader');
  if (other !== undefined) {
    throw invalidParameter(`Message system attribute name '${other}' is invalid. Only AWSTraceHeader may be sent.`);
  }
  return readMessageAttributes(given);
}

/** A FIFO queue delays all messages alike (SQ-19). */
function readDelay({ fifo }: Queue, input: Input): number | undefined {
  const seconds = SQS_MEMBERS.integer(input, 'DelaySeconds', DELAY_SECONDS);
  if (fifo === null || seconds === undefined || seconds === 0) return fifo === null ? seconds : undefined;
  const reason = 'The request include parameter that is not valid for this queue type.';
  throw invalidValue(seconds, 'DelaySeconds', reason);
}

/** On a standard queue a message group is a tenant (SQ-32); on a FIFO queue every message has one (SQ-19). */
function readGroup({ fifo }: Queue, input: Input): string | null {
  if (!isGiven(input.MessageGroupId)) {
    if (fifo !== null) throw missingParameter('MessageGroupId');
    return null;
  }
  const group = asTold(input.MessageGroupId);
  if (GROUP_ID.test(group)) return group;
  const reason = 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
  throw invalidValue(group, 'MessageGroupId', reason);
}

/**
 * Puts a message into its queue, unless that is a FIFO queue and has accepted it before. `isEntry`: it is an entry of a batch, which is
 * refused in other words.
 */
function send(
  work: Work,
  queue: Queue,
  draft: Draft,
  { by, isEntry }: { readonly by: Actor; readonly isEntry: boolean },
): Input {
  work.looksAt(queue);
  const { maximumMessageSizeBytes, delaySeconds: queueDelaySeconds } = queue.settings;
  const { delaySeconds = queueDelaySeconds, systemMd5, ...drafted } = draft;
  const content = { ...drafted, ...chainedBy(work.chain) };
  if (content.sizeBytes > maximumMessageSizeBytes) {
    throw messageTooLong(maximumMessageSizeBytes, isEntry);
  }
  const { messageId, sequenceNumber } =
    acceptedEarlier(work, queue, content, by) ?? accept(work, queue, { ...content, delaySeconds }, by);
  return {
    MessageId: messageId,
    ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }),
    MD5OfMessageBody: content.md5OfBody,
    ...(content.md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: content.md5OfAttributes }),
    ...(systemMd5 === undefined ? {} : { MD5OfMessageSystemAttributes: systemMd5 }),
  };
}

/** The send of a FIFO queue that this one repeats (SQ-16); null if it is a new one. */
function acceptedEarlier(
  work: Work,
  queue: Queue,
  { messageGroupId: groupId, deduplicationId }: Pick<MessageContent, 'messageGroupId' | 'deduplicationId'>,
  by: Actor,
): AcceptedSend | null {
  if (queue.fifo === null || groupId === null || deduplicationId === null) return null;
  const earlier = acceptedBefore(work, queue, queue.fifo, { groupId, deduplicationId });
  if (earlier === null) return null;
  const { messageId, atMs: firstSentAtMs } = earlier;
  const event = { queue: work.shown(queue), messageId, groupId, deduplicationId, firstSentAtMs };
  work.note(by, { kind: 'message-deduplicated', ...event });
  return earlier;
}

type MessageToPut = Omit<MessageContent, 'messageId' | 'sequenceNumber'> & { readonly delaySeconds: number };

/** Adds a message, and remembers its send on a FIFO queue. */
function accept(work: Work, queue: Queue, message: MessageToPut, by: Actor): MessageContent {
  const content = putMessage(work, queue, message, by);
  const { messageId, messageGroupId: groupId, deduplicationId, sequenceNumber } = content;
  if (queue.fifo !== null && groupId !== null && deduplicationId !== null && sequenceNumber !== null)
    rememberSend(work, queue, queue.fifo, { messageId, groupId, deduplicationId, sequenceNumber });
  return content;
}

/** Adds a message to a queue, under an id of its own. Compares no deduplication ids. */
export function putMessage(
  work: Work,
  queue: Queue,
  { delaySeconds, ...given }: MessageToPut,
  by: Actor,
): MessageContent {
  letTimePass(work, queue);
  const { nowMs } = work;
  queue.lastNumber += 1;
  const number = queue.lastNumber;
  const content = Object.freeze({ ...given, ...namesOf(queue, number, given.messageGroupId) });
  const visibleAtMs = nowMs + delaySeconds * 1_000;
  const message: QueuedMessage = {
    number,
    content,
    sentAtMs: nowMs,
    place: delaySeconds === 0 ? 'visible' : 'delayed',
    turn: nextTurn(queue),
    visibleAtMs,
    receiveCount: 0,
    receives: 0,
    firstReceivedAtMs: null,
    receivedAtMs: null,
    deadLetterSourceArn: null,
    losesDeleteOf: null,
  };
  enter(queue, message);
  work.changesVisible(queue, message);
  const { messageId, body } = content;
  const event = { queue: work.shown(queue), messageId, body, visibleAtMs };
  work.note(by, { kind: 'message-sent', ...event, ...placeInGroup(queue, message) });
  return content;
}

function namesOf(
  queue: Queue,
  number: number,
  groupId: string | null,
): Pick<MessageContent, 'messageId' | 'sequenceNumber'> {
  if (queue.fifo === null || groupId === null) return { messageId: messageIdOf(queue, number), sequenceNumber: null };
  const group = groupOf(queue.fifo, groupId);
  const sequenceNumber = nextSequenceNumber(group);
  return { messageId: messageIdInGroup(queue, group), sequenceNumber };
}

/** For the trace: the group of a message of a FIFO queue, and the hidden message for which the group waits. */
function placeInGroup(queue: Queue, message: QueuedMessage) {
  const { messageGroupId: groupId } = message.content;
  if (queue.fifo === null || groupId === null) return {};
  const head = headOf(queue, groupOf(queue.fifo, groupId));
  const isBehind = head !== undefined && head !== message && head.place !== 'visible';
  return isBehind ? { groupId, behind: head.content.messageId } : { groupId };
}
