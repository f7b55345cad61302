/**
 * For tests: SQS with queues in it, calls that read as sentences, and the requests of event source mappings.
 */

import { expect } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import type { AwsAnswer, AwsError, Input } from '../../contract/answer.ts';
import type { Effect } from '../../contract/effect.ts';
import type { Reader, ReaderRequest } from '../../contract/event-source.ts';
import { ServiceForTests, sentIn } from '../../contract/service-for-tests.ts';
import type { ReceivedMessage, SqsMessage, SqsStep } from './messages.ts';
import { SQS } from './sqs.ts';
import type { SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';

/** The mapping that polls in these tests. */
export const POLLER = 'poller';
const MAPPINGS = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:';
export const MAPPING_ARN = `${MAPPINGS}m1`;

/** Mappings that watch a queue and share its messages with others. */
export const READER: Reader = { arn: `${MAPPINGS}*`, alone: null };
/** A single mapping that takes every message immediately. */
export const READER_ALONE: Reader = {
  arn: READER.arn,
  alone: { mapping: MAPPING_ARN, functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:charge' },
};

export class QueuesForTests extends ServiceForTests<SqsState, SqsMessage, SqsEvent> {
  /** Creates a queue for each name; or an account with other settings, without queues. */
  constructor(...queues: readonly string[] | readonly [Partial<AccountSettings>]) {
    const [first] = queues;
    super(SQS, typeof first === 'object' ? first : {});
    for (const name of queues) if (typeof name === 'string') this.create(name);
  }

  create(name: string, attributes: Readonly<Record<string, string>> = {}): AwsAnswer {
    return this.answerTo('CreateQueue', { QueueName: name, Attributes: attributes });
  }

  /** Creates a FIFO queue that deduplicates by content. */
  createFifo(name: string, attributes: Readonly<Record<string, string>> = {}): AwsAnswer {
    return this.create(name, { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes });
  }

  /** Sends messages to a FIFO queue, each a millisecond after the one before: `g1-m2` to the group `g1`. */
  sendInGroups(queue: string, ...bodies: readonly string[]): void {
    for (const body of bodies) {
      this.nowMs += 1;
      this.send(queue, body, { MessageGroupId: body.split('-')[0] });
    }
  }

  /** Sends a message and returns its id. */
  send(queue: string, body: string, more: Input = {}): string {
    return String(this.ask('SendMessage', { QueueUrl: url(queue), MessageBody: body, ...more }).MessageId);
  }

  receive(queue: string, more: Input = {}): readonly ReceivedMessage[] {
    const output = this.ask('ReceiveMessage', { QueueUrl: url(queue), MaxNumberOfMessages: 10, ...more });
    return (output.Messages ?? []) as readonly ReceivedMessage[];
  }

  /** The bodies of the messages that a receive returns. */
  bodies(queue: string, more: Input = {}): readonly string[] {
    return this.receive(queue, more).map(({ Body }) => Body);
  }

  /** Receives one message and returns its handle. */
  handle(queue: string, more: Input = {}): string {
    const [message] = this.receive(queue, { MaxNumberOfMessages: 1, ...more });
    if (message === undefined) expect.fail(`nothing to receive from ${queue}`);
    return message.ReceiptHandle;
  }

  delete(queue: string, handle: string): AwsError | null {
    return this.refusalOf('DeleteMessage', { QueueUrl: url(queue), ReceiptHandle: handle });
  }

  change(queue: string, handle: string, timeoutSeconds: number): AwsError | null {
    const input = { QueueUrl: url(queue), ReceiptHandle: handle, VisibilityTimeout: timeoutSeconds };
    return this.refusalOf('ChangeMessageVisibility', input);
  }

  set(queue: string, attributes: Readonly<Record<string, string>>): AwsError | null {
    return this.refusalOf('SetQueueAttributes', { QueueUrl: url(queue), Attributes: attributes });
  }

  attributes(queue: string, ...names: readonly string[]): Readonly<Record<string, string>> {
    const output = this.ask('GetQueueAttributes', {
      QueueUrl: url(queue),
      AttributeNames: names.length === 0 ? ['All'] : names,
    });
    return (output.Attributes ?? {}) as Readonly<Record<string, string>>;
  }

  /** The numbers of visible, in-flight and delayed messages. */
  counts(queue: string): readonly number[] {
    const all = this.attributes(queue);
    const suffixes = ['', 'NotVisible', 'Delayed'];
    return suffixes.map((suffix) => Number(all[`ApproximateNumberOfMessages${suffix}`]));
  }

  /** Makes a reader watch a queue's messages; null ends that. */
  watch(queue: string, reader: Reader | null = READER): SqsStep {
    return this.take(arn(queue), { kind: 'watch', reader });
  }

  /** Polls for messages as a mapping. */
  poll(queue: string, most: number): SqsStep {
    return this.take(arn(queue), { kind: 'poll', mapping: MAPPING_ARN, lane: null, from: null, most }, null, POLLER);
  }

  /** Acknowledges messages as a mapping. */
  acknowledge(queue: string, ...handles: readonly string[]): SqsStep {
    return this.take(arn(queue), { kind: 'acknowledge', handles }, null, POLLER);
  }
}

export function url(queue: string): string {
  return `https://sqs.us-east-1.amazonaws.com/123456789012/${queue}`;
}

export function arn(queue: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${queue}`;
}

/** What a poll handed out to its mapping. */
export function handedOutIn({ effects }: SqsStep): ReaderRequest & { readonly kind: 'handed-out' } {
  const [sent, ...more] = sentIn(effects, 'handed-out');
  if (sent === undefined) expect.fail(`nothing was handed out: ${effects.map(({ kind }) => kind).join(', ')}`);
  expect(more).toEqual([]);
  expect(sent.to).toBe(MAPPING_ARN);
  return sent.request;
}

/** The bodies of the messages that a poll handed out. */
export function bodiesIn(step: SqsStep): readonly unknown[] {
  return handedOutIn(step).items.map(({ record }) => record.body);
}

/** Timers, each as a text of its kind and instant: `deadline at 30000`. */
export function timersIn(effects: readonly Effect<SqsMessage, SqsEvent>[]): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === 'timer' ? [`${effect.as} at ${effect.atMs}`] : []));
}
