/**
 * For tests: an account with queues, a clock that is set by hand, and calls that read as sentences.
 */

import { expect } from 'vitest';
import type { AwsAnswer, AwsError } from '../../contract/answer.ts';
import type { ReceivedMessage, SqsEffect, SqsMessage } from './messages.ts';
import { handleSqs, newSqs, type SqsState } from './sqs.ts';

/** A Monday: virtual time 0. */
export const EPOCH_MS = 1_767_600_000_000;

type Input = Readonly<Record<string, unknown>>;

export class TestAccount {
  readonly state: SqsState = newSqs({ region: 'us-east-1', accountId: '123456789012' });
  nowMs = 0;
  #calls = 0;

  /** With a queue of each name. */
  constructor(...queues: readonly string[]) {
    for (const name of queues) this.create(name);
  }

  get at() {
    return { nowMs: this.nowMs, epochMs: EPOCH_MS };
  }

  create(name: string, attributes: Readonly<Record<string, string>> = {}): AwsAnswer {
    return this.answerTo('CreateQueue', { QueueName: name, Attributes: attributes });
  }

  tell(message: SqsMessage): readonly SqsEffect[] {
    return handleSqs(this.state, message, this.at).effects;
  }

  /** All that follows from a call. */
  effectsOf(operation: string, input: Input): readonly SqsEffect[] {
    this.#calls += 1;
    return this.tell({ kind: 'call', call: `call-${this.#calls}`, by: 'tester', operation, input });
  }

  answerTo(operation: string, input: Input): AwsAnswer {
    return replyIn(this.effectsOf(operation, input));
  }

  /** The output of a call that AWS says yes to. */
  ask(operation: string, input: Input): Input {
    const answer = this.answerTo(operation, input);
    if (!answer.ok) expect.fail(`${operation}: ${answer.error.code}: ${answer.error.message}`);
    return answer.output;
  }

  /** The error of a call that AWS says no to; null for a yes. */
  refusalOf(operation: string, input: Input): AwsError | null {
    const answer = this.answerTo(operation, input);
    return answer.ok ? null : answer.error;
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
}

export function url(queue: string): string {
  return `https://sqs.us-east-1.amazonaws.com/123456789012/${queue}`;
}

export function arn(queue: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${queue}`;
}

/** The one reply among effects. */
export function replyIn(effects: readonly SqsEffect[]): AwsAnswer {
  const reply = effects.find((effect) => effect.kind === 'reply');
  if (reply === undefined) expect.fail(`no reply among ${effects.map(({ kind }) => kind).join(', ')}`);
  return reply.answer;
}
