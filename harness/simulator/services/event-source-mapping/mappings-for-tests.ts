/**
 * For tests: event source mappings with a test in the place of the world. Queues, functions and time are what it says.
 */

import { expect } from 'vitest';
import { type AwsAnswer, fail, ok } from '../../contract/answer.ts';
import { handleMapping, type MappingsState, newMappings } from './event-source-mapping.ts';
import type { MappingEffect, MappingMessage, QueueMessage, Subjects } from './messages.ts';
import type { MappingsOptions } from './state.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:charge';

/** A queue with a visibility timeout of 30 s and a function with a timeout of 3 s, unless told otherwise. */
export const SUBJECTS: Subjects = {
  queue: { arn: QUEUE_ARN, visibilityTimeoutMs: 30_000 },
  target: { functionName: 'charge', functionArn: FUNCTION_ARN, shownName: 'charge', timeoutMs: 3_000 },
};

type Effect<Kind extends MappingEffect['kind']> = MappingEffect & { readonly kind: Kind };

export class Mappings {
  readonly state: MappingsState;
  subjects: Subjects = SUBJECTS;
  nowMs = 0;
  #calls = 0;

  constructor(options: Partial<MappingsOptions> = {}) {
    this.state = newMappings({
      region: 'us-east-1',
      accountId: '123456789012',
      scaling: 'not-enforced',
      ...options,
    });
  }

  tell(message: MappingMessage): readonly MappingEffect[] {
    return handleMapping(this.state, message, this.nowMs).effects;
  }

  call(operation: string, input: Readonly<Record<string, unknown>>): AwsAnswer {
    this.#calls += 1;
    const call = `call-${this.#calls}`;
    const [reply] = only(this.tell({ kind: 'call', call, operation, input, subjects: this.subjects }), 'reply');
    if (reply === undefined) expect.fail(`${operation} was not answered`);
    return reply.answer;
  }

  /** Makes the mapping of `orders` to `charge`, and gives its UUID. */
  create(settings: Readonly<Record<string, unknown>> = {}): string {
    const answer = this.call('CreateEventSourceMapping', {
      EventSourceArn: QUEUE_ARN,
      FunctionName: 'charge',
      ...settings,
    });
    if (!answer.ok) expect.fail(answer.error.message);
    return String(answer.output.UUID);
  }

  available(): readonly MappingEffect[] {
    return this.tell({ kind: 'available', queueArn: QUEUE_ARN });
  }

  /** A poll brings these messages. */
  receive(mapping: string, messages: readonly QueueMessage[]): readonly MappingEffect[] {
    return this.tell({ kind: 'received', mapping, messages, visibleAgainAtMs: this.nowMs + 30_000 });
  }

  /** The queue has this message: polls, and gives the batch that it is in, if it was invoked. */
  batchOf(mapping: string, ...messages: readonly QueueMessage[]): string {
    this.available();
    const [invoked] = only(this.receive(mapping, messages), 'invoke');
    if (invoked === undefined) expect.fail('nothing was invoked');
    return invoked.batch;
  }

  answer(batch: string, answer: AwsAnswer): readonly MappingEffect[] {
    return this.tell({ kind: 'answered', batch, answer });
  }
}

/** The effects of one kind. */
export function only<Kind extends MappingEffect['kind']>(
  effects: readonly MappingEffect[],
  kind: Kind,
): readonly Effect<Kind>[] {
  return effects.filter((effect): effect is Effect<Kind> => effect.kind === kind);
}

export function message(id: string, body = `body of ${id}`, more: Partial<QueueMessage> = {}): QueueMessage {
  return {
    MessageId: id,
    ReceiptHandle: `handle of ${id}`,
    MD5OfBody: 'd41d8cd98f00b204e9800998ecf8427e',
    Body: body,
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000' },
    MessageAttributes: {},
    ...more,
  };
}

/** A function returned this. */
export function returned(value: unknown): AwsAnswer {
  return returnedText(JSON.stringify(value) ?? '');
}

export function returnedText(text: string): AwsAnswer {
  return ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: new TextEncoder().encode(text) });
}

export const FAILED: AwsAnswer = ok({ StatusCode: 200, FunctionError: 'Unhandled', Payload: new Uint8Array() });
export const THROTTLED: AwsAnswer = fail('TooManyRequestsException', 'Rate Exceeded.', 429);
