/**
 * What SQS tells itself, what follows from its steps, and a message as it is handed out.
 */

import type { CallId } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { Effect, Step } from '../../contract/effect.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { SqsEvent } from './trace-events.ts';

export type SqsMessage =
  /** Hidden messages of a queue may have become visible: a visibility timeout or a delay is over. */
  | { readonly kind: 'time-passed'; readonly queue: string }
  /** A long poll has waited for as long as it was told to. */
  | { readonly kind: 'wait-over'; readonly queue: string; readonly call: CallId }
  /** A mapping's poll hands out now; `first` before older messages, as a standard queue may (SQ-09). */
  | (MappingPoll & { readonly kind: 'hand-out'; readonly first: string | null })
  /** It was chosen that a message which was handed out will come once more (SQ-09). */
  | (Handed & { readonly kind: 'will-come-again' })
  /** It comes now. `to`: who takes it, as it was when that was chosen. */
  | (Handed & { readonly kind: 'comes-again'; readonly to: Taker | null });

/** What a mapping asks of a queue. */
export interface MappingPoll {
  /** The queue's name. */
  readonly queue: string;
  /** Not limited to 10: a mapping's batch may be larger. */
  readonly most: number;
  readonly mapping: Arn;
  readonly by: Actor;
}

/** A message that was handed out. */
export interface Handed {
  readonly queue: string;
  readonly messageId: string;
  readonly receiveCount: number;
  readonly by: Actor;
}

/** The mapping that takes what comes once more by itself, and the number of the invocation that this makes. */
export interface Taker {
  readonly mapping: Arn;
  readonly number: number;
}

export type SqsEffect = Effect<SqsMessage, SqsEvent>;
export type SqsStep = Step<SqsMessage, SqsEvent>;

/** A message attribute, as the SDK has it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message as it is handed out, with all of its attributes: the SDK's shape, and what a mapping's records are made of. */
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
