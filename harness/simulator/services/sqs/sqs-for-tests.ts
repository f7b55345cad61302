/**
 * For tests: SQS with queues in it, calls that read as sentences, and what event source mappings ask of a queue.
 */

import { expect } from 'vitest';
import type { AwsAnswer, AwsError, Input } from '../../contract/answer.ts';
import type { Effect } from '../../contract/effect.ts';
import type { Reader, ReaderRequest } from '../../contract/event-source.ts';
import { ServiceForTests, sentIn } from '../../contract/service-for-tests.ts';
import type { ReceivedMessage, SqsMessage, SqsStep } from './messages.ts';
import { SQS } from './sqs.ts';
import type { SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';

/** Who polls in these tests. */
export const POLLER = 'poller';
const MAPPINGS = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:';
export const MAPPING_ARN = `${MAPPINGS}m1`;

/** Mappings that want to know of messages, and share them with others. */
export const READER: Reader = { arn: `${MAPPINGS}*`, alone: null };
/** The same, where one mapping takes every message beside all else. */
export const READER_ALONE: Reader = {
  arn: READER.arn,
  alone: { mapping: MAPPING_ARN, functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:charge' },
};

export class QueuesForTests extends ServiceForTests<SqsState, SqsMessage, SqsEvent> {
  /** With a queue of each name. */
  constructor(...queues: readonly string[]) {
    super(SQS);
    for (const name of queues) this.create(name);
  }

  create(name: string, attributes: Readonly<Record<string, string>> = {}): AwsAnswer {
    return this.answerTo('CreateQueue', { QueueName: name, Attributes: attributes });
  }

  /** Sends a message and returns its id. */
  send(queue: string, body: string, more: Input = {}): string {
    return String(this.ask('SendMessage', { QueueUrl: url(queue), MessageBody: body, ...more }).MessageId);
  }

  receive(queue: string, more: Input = {}): readonly ReceivedMessage[] {
    const output = this.ask('ReceiveMessage', { QueueUrl: url(queue), MaxNumberOfMessages: 10, ...more });
    return (output.Messages ?? []) as readonly ReceivedMessage[];
  }

  /** The bodies that a receive gives. */
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

  /** Visible, in flight, delayed. */
  counts(queue: string): readonly number[] {
    const all = this.attributes(queue);
    const suffixes = ['', 'NotVisible', 'Delayed'];
    return suffixes.map((suffix) => Number(all[`ApproximateNumberOfMessages${suffix}`]));
  }

  /** Mappings want to know of a queue's messages; null: no longer. */
  watch(queue: string, reader: Reader | null = READER): SqsStep {
    return this.take(arn(queue), { kind: 'watch', reader });
  }

  /** A mapping asks for messages. */
  poll(queue: string, most: number): SqsStep {
    return this.take(arn(queue), { kind: 'poll', mapping: MAPPING_ARN, lane: null, from: null, most }, null, POLLER);
  }

  /** A mapping is done with messages. */
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

/** What a poll brought to the mapping that has asked. */
export function handedOutIn({ effects }: SqsStep): ReaderRequest & { readonly kind: 'handed-out' } {
  const [sent, ...more] = sentIn(effects, 'handed-out');
  if (sent === undefined) expect.fail(`nothing was handed out: ${effects.map(({ kind }) => kind).join(', ')}`);
  expect(more).toEqual([]);
  expect(sent.to).toBe(MAPPING_ARN);
  return sent.request;
}

/** The bodies of the messages that a poll brought. */
export function bodiesIn(step: SqsStep): readonly unknown[] {
  return handedOutIn(step).items.map(({ record }) => record.body);
}

/** Timers, each as what the agenda is told of it: `deadline at 30000`. */
export function timersIn(effects: readonly Effect<SqsMessage, SqsEvent>[]): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === 'timer' ? [`${effect.as} at ${effect.atMs}`] : []));
}
