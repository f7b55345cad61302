/**
 * The messages that SQS sends to itself, the effects of its steps, and a message as it is handed out.
 */

import type { CallId } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { Effect, Step } from '../../contract/effect.ts';
import type { Chained } from '../../contract/event-chain.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { SqsEvent } from './trace-events.ts';

export type SqsMessage =
  /** A visibility timeout or a delay is over, so hidden messages of a queue may have become visible. */
  | { readonly kind: 'time-passed'; readonly queue: string }
  /** A long poll has waited for its full time. */
  | { readonly kind: 'wait-over'; readonly queue: string; readonly call: CallId }
  /** A task that moves dead letters back has its next turn (SQ-30). */
  | { readonly kind: 'move-next'; readonly handle: string }
  /**
   * A mapping's poll hands messages out now; `first` before older messages, as a standard queue may (SQ-09), or before those of other
   * groups, as a FIFO queue may (SQ-15).
   */
  | (MappingPoll & { readonly kind: 'hand-out'; readonly first: string | null })
  /** It hands out at most `most` of them now. `isSplit`: more could have come (SQ-08). */
  | (MappingPoll & { readonly kind: 'hand-out-at-most'; readonly first: string | null; readonly isSplit: boolean })
  /** A second delivery of a message that was handed out has been chosen (SQ-09). */
  | (Handed & { readonly kind: 'will-come-again' })
  /** The delete of a message that was handed out to a mapping will be lost (SE-20). */
  | (Handed & { readonly kind: 'will-lose-delete' })
  /** The second delivery happens now. `to`: the mapping that takes it, determined when the delivery was chosen. */
  | (Handed & { readonly kind: 'comes-again'; readonly to: Taker | null });

/** A mapping's poll of a queue. */
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
  /** How often it had been received by then. */
  readonly receives: number;
  readonly by: Actor;
  /** The second delivery comes from a server that has not heard of this receive: it does not count. */
  readonly isUnheard?: true;
}

/** The mapping that takes a second delivery directly, and the number of the invocation that this starts. */
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

/**
 * A message as it is handed out, with all of its attributes: the SDK's shape, from which a mapping's records are made. The chain
 * is for mappings alone.
 */
export interface ReceivedMessage extends Chained {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  /** `SentTimestamp`, `ApproximateReceiveCount` and so on; all are strings. */
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}
