/**
 * The requests of one service to another, addressed by ARN: a closed union, so that no service knows another one's API.
 *
 * A target accepts the requests that it supports (`ServiceModule.take`): a function is invoked, a queue stores a delivery as a
 * message. The sender checks its targets when it is configured, and refuses with AWS's own words.
 */

import { SimulatorBug } from '../kernel/bug.ts';
import type { Chained } from './event-chain.ts';
import type { ReaderRequest, SourceRequest } from './event-source.ts';

export type ServiceRequest =
  /** Invoke this function; the answer is that of a synchronous `Invoke`. `number`: the number reserved for the invocation. */
  | (Chained & { readonly kind: 'invoke'; readonly payloadJson: string; readonly number?: number })
  /**
   * Accept and keep this: an event for a function, a message for a queue or a topic, a record for a stream, an event of one bus for another. The answer says whether the target
   * accepted it. `number`: reserved for the event's first invocation earlier.
   */
  | (Chained & {
      readonly kind: 'deliver';
      readonly body: string;
      readonly attributes: DeliveryAttributes;
      readonly number?: number;
      /** Of a message for a queue. A FIFO queue needs a group; on a standard queue it is a tenant. */
      readonly messageGroupId?: string;
      /** Of a message for a FIFO queue, unless that deduplicates by content. */
      readonly messageDeduplicationId?: string;
      /** Of a record for a stream, which needs one. */
      readonly partitionKey?: string;
    })
  /** Put an event on this bus. The answer says whether the bus accepted it. */
  | { readonly kind: 'put-event'; readonly event: EventToPut }
  /** Reserve the number of this function's next invocation; the answer's output has it as `number`. */
  | { readonly kind: 'reserve' }
  | SourceRequest
  | ReaderRequest;

/** Something that a target accepts and keeps. */
export type DeliverRequest = ServiceRequest & { readonly kind: 'deliver' };

/** An event that a service puts on a bus; the bus adds the envelope. */
export interface EventToPut {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detailJson: string;
}

/** The attributes of a delivery, for targets that support them: a queue's message attributes. */
export type DeliveryAttributes = Readonly<Record<string, DeliveryAttribute>>;

/** One of the two values is there, as the type says. */
export interface DeliveryAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** Throws: no service sends such a request to such a target, so this is a bug in the harness. */
export function notTaken(request: ServiceRequest, who: string): never {
  throw new SimulatorBug(`${who} was asked to ${request.kind}`);
}
