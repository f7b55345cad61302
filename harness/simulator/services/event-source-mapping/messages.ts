/**
 * What the event source mapping is told and what it asks for: two closed unions, and nothing else crosses its border.
 *
 * It knows neither queues nor functions: the world receives, invokes and deletes for it and tells it what became of that.
 */

import type { Actor, TraceEvent } from '../../trace.ts';
import type { AwsAnswer, CallId, Footprint } from '../service.ts';

/** A message as a queue hands it out: what records are made of (SE-16). */
export interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: Uint8Array }>
  >;
}

/** What a call needs to know of the queue and the function that it names; null: there is none. */
export interface Subjects {
  readonly queue: { readonly arn: string; readonly visibilityTimeoutMs: number } | null;
  readonly target: {
    readonly functionName: string;
    readonly functionArn: string;
    /** The name that a learner knows. */
    readonly shownName: string;
    readonly timeoutMs: number;
  } | null;
}

export type MappingMessage =
  | {
      readonly kind: 'call';
      readonly call: CallId;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
      readonly subjects: Subjects;
    }
  /** A queue has messages that nobody has taken yet. */
  | { readonly kind: 'available'; readonly queueArn: string }
  /** What the poll that it asked for brought; `visibleAgainAtMs`: when these messages come back by themselves. */
  | {
      readonly kind: 'received';
      readonly mapping: string;
      readonly messages: readonly QueueMessage[];
      readonly visibleAgainAtMs: number;
    }
  /** A message that the queue hands out once more, whatever else is under way. `number`: of the invocation that it makes. */
  | {
      readonly kind: 'received-again';
      readonly mapping: string;
      readonly message: QueueMessage;
      readonly visibleAgainAtMs: number;
      readonly number: number;
    }
  /** The function answered, or Lambda did in its place. */
  | { readonly kind: 'answered'; readonly batch: string; readonly answer: AwsAnswer }
  | { readonly kind: 'window-over'; readonly batch: string }
  | { readonly kind: 'retry-due'; readonly batch: string }
  | { readonly kind: 'scale-due'; readonly mapping: string };

export type MappingEffect =
  | { readonly kind: 'reply'; readonly call: CallId; readonly answer: AwsAnswer }
  /** Ask to be told `available`, or no longer. */
  | { readonly kind: 'watch'; readonly queueArn: string; readonly watched: boolean }
  /** Receive, then tell what came. One at a time for each mapping. */
  | {
      readonly kind: 'poll';
      readonly mapping: string;
      readonly queueArn: string;
      readonly maxMessages: number;
      readonly by: Actor;
    }
  | {
      readonly kind: 'invoke';
      readonly batch: string;
      readonly functionName: string;
      readonly payloadJson: string;
      /** The invocation's number, if it was asked for earlier. */
      readonly number?: number;
    }
  | {
      readonly kind: 'delete';
      readonly queueArn: string;
      readonly receiptHandles: readonly string[];
      readonly by: Actor;
      /** `filtered`: at once, with the receive. `done`: after the invocation, in a step of its own where somebody could notice. */
      readonly why: 'filtered' | 'done';
    }
  /** Ask to be told something at an instant; time that the service takes by itself. `cancel-wait` takes it back. */
  | { readonly kind: 'wait'; readonly of: string; readonly atMs: number; readonly message: MappingMessage }
  | { readonly kind: 'cancel-wait'; readonly of: string }
  | { readonly kind: 'note'; readonly by: Actor; readonly event: TraceEvent };

export interface MappingStep {
  readonly effects: readonly MappingEffect[];
  readonly footprint: Footprint;
}
