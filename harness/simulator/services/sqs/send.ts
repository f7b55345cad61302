/**
 * SendMessage and SendMessageBatch.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { Refusal, unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven, isRecord, type MemberBounds } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { eachEntry, entriesOf } from './batch.ts';
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
] as const;

export function sendMessage(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  refuseDeduplication(input);
  checkMembers('SendMessage', input, ['QueueUrl', ...MESSAGE_MEMBERS]);
  return ok(send(work, queue, readMessage(input), { by, isEntry: false }));
}

export function sendMessageBatch(work: Work, input: Input, by: Actor): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('SendMessageBatch', input, ['QueueUrl', 'Entries']);
  const entries = entriesOf(input, 'SendMessageBatchRequestEntry');
  for (const entry of entries) {
    refuseDeduplication(entry);
    checkMembers('SendMessageBatch', entry, ['Id', ...MESSAGE_MEMBERS]);
  }
  const drafts = new Map(entries.map((entry) => [entry, readOrRefuse(entry)]));
  const sizeBytes = [...drafts.values()].reduce(
    (sum, draft) => sum + (draft instanceof Refusal ? 0 : draft.sizeBytes),
    0,
  );
  if (sizeBytes > BATCH_SIZE_BYTES) throw batchTooLong(BATCH_SIZE_BYTES, sizeBytes);
  return eachEntry(entries, (entry) => {
    const draft = drafts.get(entry) ?? readMessage(entry);
    if (draft instanceof Refusal) throw draft;
    return send(work, queue, draft, { by, isEntry: true });
  });
}

function readOrRefuse(entry: Input): Draft | Refusal {
  try {
    return readMessage(entry);
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
    throw problem;
  }
}

/** A message as the request gives it, with all checks that do not need its queue. */
type Draft = Omit<MessageContent, 'messageId'> & {
  readonly delaySeconds: number | undefined;
  readonly systemMd5?: string;
};

function readMessage(input: Input): Draft {
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
    messageGroupId: readGroup(input),
    sizeBytes: new TextEncoder().encode(body).length + attributesSizeBytes(messageAttributes),
    delaySeconds: SQS_MEMBERS.integer(input, 'DelaySeconds', DELAY_SECONDS),
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

/** On a standard queue a message group is a tenant (SQ-32). */
function readGroup(input: Input): string | null {
  if (!isGiven(input.MessageGroupId)) return null;
  const group = String(input.MessageGroupId);
  if (GROUP_ID.test(group)) return group;
  const reason = 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
  throw invalidValue(group, 'MessageGroupId', reason);
}

function refuseDeduplication(input: Input): void {
  if (isGiven(input.MessageDeduplicationId)) throw unmodelled('MessageDeduplicationId (for FIFO queues)');
}

/** Puts a message into its queue. `isEntry`: it is an entry of a batch, which is refused in other words. */
function send(
  work: Work,
  queue: Queue,
  draft: Draft,
  { by, isEntry }: { readonly by: Actor; readonly isEntry: boolean },
): Input {
  work.looksAt(queue);
  const { maximumMessageSizeBytes, delaySeconds: queueDelaySeconds } = queue.settings;
  const { delaySeconds = queueDelaySeconds, systemMd5, ...content } = draft;
  if (content.sizeBytes > maximumMessageSizeBytes) {
    throw messageTooLong(maximumMessageSizeBytes, isEntry);
  }
  const messageId = putMessage(work, queue, { ...content, delaySeconds }, by);
  return {
    MessageId: messageId,
    MD5OfMessageBody: content.md5OfBody,
    ...(content.md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: content.md5OfAttributes }),
    ...(systemMd5 === undefined ? {} : { MD5OfMessageSystemAttributes: systemMd5 }),
  };
}

/** Adds a message to a queue, under an id of its own, and returns the id. */
export function putMessage(
  work: Work,
  queue: Queue,
  { delaySeconds, ...content }: Omit<MessageContent, 'messageId'> & { readonly delaySeconds: number },
  by: Actor,
): string {
  letTimePass(work, queue);
  const { nowMs } = work;
  queue.lastNumber += 1;
  const number = queue.lastNumber;
  const messageId = messageIdOf(queue, number);
  const visibleAtMs = nowMs + delaySeconds * 1_000;
  const message: QueuedMessage = {
    number,
    content: Object.freeze({ ...content, messageId }),
    sentAtMs: nowMs,
    place: delaySeconds === 0 ? 'visible' : 'delayed',
    turn: nextTurn(queue),
    visibleAtMs,
    receiveCount: 0,
    receives: 0,
    firstReceivedAtMs: null,
    receivedAtMs: null,
    deadLetterSourceArn: null,
  };
  enter(queue, message);
  work.changesVisible(queue, message);
  work.note(by, { kind: 'message-sent', queue: work.shown(queue), messageId, body: content.body, visibleAtMs });
  return messageId;
}

/** Ids look like AWS's but count up, so that equal choices give equal traces. */
function messageIdOf({ number: queue }: Queue, number: number): string {
  return `${queue.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
