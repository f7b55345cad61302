/**
 * The queues themselves: how they are created, found, listed, described and changed.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { checkMembers, isGiven, isRecord } from '../../contract/request.ts';
import { FIFO_ATTRIBUTES, FIFO_DEFAULTS } from './fifo-settings.ts';
import { letTimePass } from './passing.ts';
import { delayUntil } from './place.ts';
import { waitName } from './receive.ts';
import { sourcesOf, targetNameIn } from './redrive.ts';
import {
  invalidParameter,
  queueDeletedRecently,
  queueDoesNotExist,
  queueNameExists,
  unknownAttribute,
} from './refusal.ts';
import { queueOf, SQS_MEMBERS } from './request.ts';
import { DEFAULT_SETTINGS, firstDifference, readQueueSettings, writeSettings } from './settings.ts';
import { newQueue, type Queue } from './state.ts';
import { deadlineName } from './timer.ts';
import type { Work } from './work.ts';

const NAME = /^[A-Za-z0-9_-]{1,80}$/;
/** The suffix counts. */
const FIFO_NAME = /^[A-Za-z0-9_-]{1,75}\.fifo$/;

export function createQueue(work: Work, input: Input): AwsAnswer {
  // Tags change nothing, and no call shows them.
  checkMembers('CreateQueue', input, ['QueueName', 'Attributes', 'tags']);
  const { state, nowMs } = work;
  const name = SQS_MEMBERS.text(input, 'QueueName');
  const attributes = isRecord(input.Attributes) ? input.Attributes : {};
  const isFifo = attributes.FifoQueue === 'true';
  checkQueueName(name, isFifo);
  const known = state.queues.get(name);
  looksAtTarget(work, attributes);
  const usual = isFifo ? { ...DEFAULT_SETTINGS, fifo: FIFO_DEFAULTS } : DEFAULT_SETTINGS;
  const settings = readQueueSettings(state, known?.settings ?? usual, attributes, name);
  if (known !== undefined) {
    // SQ-35: attributes that the call does not give are not compared.
    const other = firstDifference(known.settings, settings);
    if (other !== null) throw queueNameExists(other);
    work.looksAt(known);
    return ok({ QueueUrl: known.url });
  }
  const gone = state.deleted.get(name);
  if (gone !== undefined && nowMs - gone.atMs < DELETION_MS) throw queueDeletedRecently();
  state.lastQueue += 1;
  const { region, accountId } = state;
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
  const made = newQueue({ number: state.lastQueue, name, arn, url }, settings, nowMs);
  made.reader = gone?.reader ?? null;
  state.queues.set(name, made);
  state.deleted.delete(name);
  work.createsQueue(name);
  return ok({ QueueUrl: url });
}

/** A FIFO queue is one by its attribute, and its name says so (SQ-40). */
function checkQueueName(name: string, isFifo: boolean): void {
  if (isFifo && !FIFO_NAME.test(name)) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
  if (!isFifo && !NAME.test(name)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

/** SQ-38: until then no queue can have the name of one that was deleted. */
const DELETION_MS = 60_000;

/**
 * Deletes a queue with its messages (SQ-38). Receives that wait for messages are told that it is gone (UV-27); mappings that read
 * from it find nothing from now on (UV-28).
 */
export function deleteQueue(work: Work, input: Input): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('DeleteQueue', input, ['QueueUrl']);
  const { name, reader } = queue;
  work.state.queues.delete(name);
  work.state.deleted.set(name, { atMs: work.nowMs, reader });
  for (const call of queue.polls.keys()) {
    work.effects.push({ kind: 'cancel', of: waitName(queue, call) });
    work.effects.push({ kind: 'reply', call, answer: queueDoesNotExist().answer });
  }
  for (const reason of ['visibility', 'delay'] as const) {
    if (queue.wakes[reason] !== null) work.effects.push({ kind: 'cancel', of: deadlineName(queue, reason) });
  }
  work.deletesQueue(name);
  return ok({});
}

export function getQueueUrl(work: Work, input: Input): AwsAnswer {
  checkMembers('GetQueueUrl', input, ['QueueName', 'QueueOwnerAWSAccountId']);
  const { queues, accountId } = work.state;
  const queue = queues.get(SQS_MEMBERS.text(input, 'QueueName'));
  const owner = input.QueueOwnerAWSAccountId;
  if (queue === undefined || (isGiven(owner) && owner !== accountId)) throw queueDoesNotExist();
  work.looksAt(queue);
  return ok({ QueueUrl: queue.url });
}

export function listQueues(work: Work, input: Input): AwsAnswer {
  checkMembers('ListQueues', input, ['QueueNamePrefix', 'MaxResults', 'NextToken']);
  const prefix = isGiven(input.QueueNamePrefix) ? asTold(input.QueueNamePrefix) : '';
  const found = [...work.state.queues.values()].filter(({ name }) => name.startsWith(prefix));
  work.looksAtQueues();
  const { urls, more } = page(found, input);
  return ok({ ...(urls.length === 0 ? {} : { QueueUrls: urls }), ...more });
}

export function listDeadLetterSourceQueues(work: Work, input: Input): AwsAnswer {
  checkMembers('ListDeadLetterSourceQueues', input, ['QueueUrl', 'MaxResults', 'NextToken']);
  const queue = queueOf(work.state, input);
  work.looksAtQueues();
  const { urls, more } = page(sourcesOf(work.state, queue), input);
  return ok({ queueUrls: urls, ...more });
}

const LARGEST_PAGE = 1_000;

/** A page begins after the queue that `NextToken` names. */
function page(queues: readonly Queue[], input: Input): { readonly urls: readonly string[]; readonly more: Input } {
  const bounds = `MaxResults must be an integer between 1 and ${LARGEST_PAGE}.`;
  const asked = SQS_MEMBERS.integer(input, 'MaxResults', { min: 1, max: LARGEST_PAGE, reason: bounds });
  const sorted = [...queues].sort((a, b) => (a.name < b.name ? -1 : 1));
  const token = isGiven(input.NextToken) ? asTold(input.NextToken) : null;
  const rest = token === null ? sorted : sorted.filter(({ name }) => name > token);
  const shown = rest.slice(0, asked ?? LARGEST_PAGE);
  const last = shown.at(-1);
  const isMore = asked !== undefined && rest.length > shown.length && last !== undefined;
  return { urls: shown.map(({ url }) => url), more: isMore ? { NextToken: last.name } : {} };
}

export function getQueueAttributes(work: Work, input: Input): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('GetQueueAttributes', input, ['QueueUrl', 'AttributeNames']);
  letTimePass(work, queue);
  work.looksAtMessages(queue);
  const all = describe(queue, work.moment.epochMs);
  const names = SQS_MEMBERS.texts(input, 'AttributeNames');
  const unknown = names.find((name) => name !== 'All' && !all.has(name) && !OPTIONAL.includes(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  const given = [...all].filter(([name]) => names.includes('All') || names.includes(name));
  return ok(given.length === 0 ? {} : { Attributes: Object.fromEntries(given) });
}

/** Attributes that a queue may lack. A request for one of them is no error. */
const OPTIONAL: readonly string[] = [
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  ...FIFO_ATTRIBUTES,
];

function describe(queue: Queue, epochMs: number): ReadonlyMap<string, string> {
  const { counts, createdAtMs, lastModifiedAtMs } = queue;
  return new Map([
    ['QueueArn', queue.arn],
    ['ApproximateNumberOfMessages', String(counts.visible)],
    ['ApproximateNumberOfMessagesNotVisible', String(counts['in-flight'])],
    ['ApproximateNumberOfMessagesDelayed', String(counts.delayed)],
    ['CreatedTimestamp', seconds(epochMs + createdAtMs)],
    ['LastModifiedTimestamp', seconds(epochMs + lastModifiedAtMs)],
    ...writeSettings(queue.settings),
  ]);
}

function seconds(instantMs: number): string {
  return String(Math.floor(instantMs / 1_000));
}

export function setQueueAttributes(work: Work, input: Input): AwsAnswer {
  const queue = queueOf(work.state, input);
  checkMembers('SetQueueAttributes', input, ['QueueUrl', 'Attributes']);
  const attributes = isRecord(input.Attributes) ? input.Attributes : {};
  letTimePass(work, queue);
  looksAtTarget(work, attributes);
  queue.settings = readQueueSettings(work.state, queue.settings, attributes, queue.name);
  if (queue.fifo !== null) delayAnew(queue);
  queue.lastModifiedAtMs = work.nowMs;
  work.changesSettings(queue.name);
  work.changesMessages(queue);
  return ok({});
}

/** On a FIFO queue another delay counts for the messages that are delayed now, from their sends (SQ-39). */
function delayAnew(queue: Queue): void {
  const delayMs = queue.settings.delaySeconds * 1_000;
  for (const message of queue.messages.values())
    if (message.place === 'delayed') delayUntil(queue, message, message.sentAtMs + delayMs);
}

/** A redrive policy is checked against the queue that it names. */
function looksAtTarget(work: Work, { RedrivePolicy }: Input): void {
  const target = targetNameIn(RedrivePolicy);
  if (target !== null) work.looksAtSettings(target);
}
