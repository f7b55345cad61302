/**
 * What SQS is told and what it asks for: two closed unions, and nothing else crosses its border.
 *
 * Clients' calls come as `call`. The event source mapping does not call: the world does `receive`, `deleteMessages` and
 * `makeVisible` (sqs.ts) for it, which are the same machinery without the limits of the API.
 */

import type { Actor, TraceEvent } from '../../trace.ts';
import type { AwsAnswer, CallId, Footprint } from '../service.ts';

/** The instant of a step: virtual time, and the instant on the calendar that virtual time 0 stands for. */
export interface Instant {
  readonly nowMs: number;
  readonly epochMs: number;
}

export type SqsMessage =
  | {
      readonly kind: 'call';
      readonly call: CallId;
      /** Who called, for the trace. */
      readonly by: Actor;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
    }
  /** Hidden messages of a queue may have become visible: a visibility timeout or a delay is over. */
  | { readonly kind: 'time-passed'; readonly queue: string }
  /** A long poll has waited for as long as it was told to. */
  | { readonly kind: 'wait-over'; readonly queue: string; readonly call: CallId }
  /** The queue hands a message out once more: one that is in flight, or that was deleted lately (SQ-09). */
  | { readonly kind: 'duplicate'; readonly queue: string; readonly messageId: string };

export type SqsEffect =
  | { readonly kind: 'reply'; readonly call: CallId; readonly answer: AwsAnswer }
  /**
   * Ask to be told something at an instant; a later one of the same name replaces it. `agenda` says whether passing it is
   * a service's limit (a visibility timeout) or ordinary waiting (a delay, a long poll).
   */
  | {
      readonly kind: 'deadline';
      readonly of: string;
      readonly queue: string;
      readonly agenda: 'deadline' | 'sleep';
      readonly atMs: number;
      readonly message: SqsMessage;
    }
  | { readonly kind: 'cancel-deadline'; readonly of: string }
  /** A watched queue has visible messages that nobody has taken yet: whoever polls it would get some. */
  | { readonly kind: 'available'; readonly queue: string }
  | { readonly kind: 'note'; readonly by: Actor; readonly event: TraceEvent };

export interface SqsStep {
  /** In order: notes come before the reply that they explain. */
  readonly effects: readonly SqsEffect[];
  readonly footprint: Footprint;
}

/** A message attribute, as the SDK has it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message as it is handed out, with all of its attributes: the SDK's shape, and what a mapping makes its records of. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  /** `SentTimestamp`, `ApproximateReceiveCount` and their like; all are strings. */
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

/** What a mapping asks of a queue. */
export interface ReceiveRequest {
  /** The queue's name. */
  readonly queue: string;
  /** Not limited to 10: a mapping's batch may be larger. */
  readonly maxMessages: number;
  /** Who receives, for the trace. */
  readonly by: Actor;
  /** Hand this message out first, before older ones: a standard queue may (SQ-09). */
  readonly first?: string;
}

/** A step that has also received. */
export interface Received extends SqsStep {
  readonly messages: readonly ReceivedMessage[];
}
