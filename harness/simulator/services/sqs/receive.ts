/**
 * ReceiveMessage: its parameters, short polls and long polls (SQ-05, SQ-08).
 */

import { type AwsAnswer, type CallId, type Input, ok } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { checkMembers, isGiven, type MemberBounds } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { handOut, MOST_IN_FLIGHT } from './hand-out.ts';
import { md5OfAttributes } from './message-attributes.ts';
import type { MessageAttribute, ReceivedMessage } from './messages.ts';
import { letTimePass } from './passing.ts';
import { rememberReceive, repeatedReceive } from './receive-attempts.ts';
import { invalidValue, overLimit } from './refusal.ts';
import { queueOf, SQS_MEMBERS } from './request.ts';
import type { Queue, WaitingPoll } from './state.ts';
import { timerOf } from './timer.ts';
import type { Work } from './work.ts';

const WAIT_SECONDS: MemberBounds = { min: 0, max: 20, reason: 'Must be >= 0 and <= 20, if provided.' };
const TIMEOUT_SECONDS: MemberBounds = { min: 0, max: 43_200, reason: 'Must be >= 0 and <= 43200, if provided.' };
const MESSAGES: MemberBounds = { min: 1, max: 10, reason: 'Must be between 1 and 10, if provided.' };

const MEMBERS = [
  'QueueUrl',
  'AttributeNames',
  'MessageSystemAttributeNames',
  'MessageAttributeNames',
  'MaxNumberOfMessages',
  'VisibilityTimeout',
  'WaitTimeSeconds',
  'ReceiveRequestAttemptId',
];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const SYSTEM_ATTRIBUTES: readonly string[] = [
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
];

/** Null if the call is a long poll that found no message and waits. */
export function receiveMessage(work: Work, input: Input, by: Actor, call: CallId): AwsAnswer | null {
  const queue = queueOf(work.state, input);
  checkMembers('ReceiveMessage', input, MEMBERS);
  checkAttributeNames(input);
  checkAttemptId(queue, input);
  const waitSeconds =
    SQS_MEMBERS.integer(input, 'WaitTimeSeconds', WAIT_SECONDS) ?? queue.settings.receiveMessageWaitTimeSeconds;
  const poll: WaitingPoll = { call, by, input };
  letTimePass(work, queue);
  work.looksForMessages(queue);
  const messages = take(work, queue, poll);
  if (messages.length > 0) return answer(input, messages);
  if (waitSeconds === 0) {
    if (queue.counts['in-flight'] >= MOST_IN_FLIGHT && queue.fifo === null) throw overLimit();
    return ok({});
  }
  queue.polls.set(call, poll);
  work.waits(queue);
  const message = { kind: 'wait-over', queue: queue.name, call } as const;
  const atMs = work.nowMs + waitSeconds * 1_000;
  work.effects.push(timerOf(work, queue, { of: waitName(queue, call), as: 'sleep', atMs, message }));
  return null;
}

/** The name of the deadline of a long poll. */
export function waitName({ name }: Queue, call: CallId): string {
  return `sqs/${name}/wait/${call}`;
}

/** The answer of a long poll with the messages that are visible by now; null if there are still none. */
export function tryAgain(work: Work, queue: Queue, poll: WaitingPoll): AwsAnswer | null {
  const messages = take(work, queue, poll);
  return messages.length === 0 ? null : answer(poll.input, messages);
}

function take(work: Work, queue: Queue, { input, by }: WaitingPoll): readonly ReceivedMessage[] {
  const timeoutSeconds =
    SQS_MEMBERS.integer(input, 'VisibilityTimeout', TIMEOUT_SECONDS) ?? queue.settings.visibilityTimeoutSeconds;
  const maxMessages = SQS_MEMBERS.integer(input, 'MaxNumberOfMessages', MESSAGES) ?? 1;
  const { fifo } = queue;
  if (fifo === null || !isGiven(input.ReceiveRequestAttemptId))
    return handOut(work, queue, { maxMessages, timeoutSeconds, by });
  const attempted = { attemptId: asTold(input.ReceiveRequestAttemptId), timeoutSeconds };
  const repeated = repeatedReceive(work, queue, fifo, attempted);
  if (repeated !== null) return repeated;
  const messages = handOut(work, queue, { maxMessages, timeoutSeconds, by });
  rememberReceive(work, fifo, attempted, messages);
  return messages;
}

/** SQ-20: 1 to 128 letters, digits and punctuation, and for FIFO queues only. */
const ATTEMPT_ID = /^[!-~]{1,128}$/;

function checkAttemptId({ fifo }: Queue, { ReceiveRequestAttemptId: given }: Input): void {
  if (!isGiven(given)) return;
  const invalid = (reason: string) => invalidValue(given, 'ReceiveRequestAttemptId', reason);
  if (fifo === null) throw invalid('The request includes a parameter that is not valid for this queue type.');
  if (!ATTEMPT_ID.test(String(given)))
    throw invalid(
      'ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    );
}

function checkAttributeNames(input: Input): void {
  const names = systemNames(input);
  const unknown = names.find((name) => !SYSTEM_ATTRIBUTES.includes(name));
  if (unknown !== undefined) {
    throw invalidValue(unknown, 'MessageSystemAttributeNames', 'Unknown attribute.');
  }
}

/** `AttributeNames` is the old name of the same member; both count. */
function systemNames(input: Input): readonly string[] {
  return [...SQS_MEMBERS.texts(input, 'MessageSystemAttributeNames'), ...SQS_MEMBERS.texts(input, 'AttributeNames')];
}

function answer(input: Input, messages: readonly ReceivedMessage[]): AwsAnswer {
  const system = systemNames(input);
  const wanted = SQS_MEMBERS.texts(input, 'MessageAttributeNames');
  return ok({ Messages: messages.map((message) => onlyWanted(message, system, wanted)) });
}

/** Only the requested attributes are returned, and the MD5 is that of the returned ones. */
function onlyWanted(message: ReceivedMessage, system: readonly string[], wanted: readonly string[]): ReceivedMessage {
  const { Attributes, MessageAttributes, MD5OfMessageAttributes: _, chain: __, ...rest } = message;
  const attributes = filter(Attributes, (name) => system.includes('All') || system.includes(name));
  const given: Record<string, MessageAttribute> = filter(MessageAttributes, (name) => isWanted(name, wanted));
  const md5 = md5OfAttributes(given);
  return {
    ...rest,
    ...(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes }),
    ...(md5 === undefined ? {} : { MessageAttributes: given, MD5OfMessageAttributes: md5 }),
  } as ReceivedMessage;
}

/** `All`, `.*`, `*`, a name, or a prefix: `trace.*` (SQ-36). */
function isWanted(name: string, wanted: readonly string[]): boolean {
  return wanted.some((pattern) => {
    if (pattern === 'All' || pattern === '.*' || pattern === '*') return true;
    return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern;
  });
}

function filter<Value>(from: Readonly<Record<string, Value>>, keep: (name: string) => boolean): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => keep(name)));
}
