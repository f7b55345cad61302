/**
 * What one service asks of another, by ARN: a closed union, so that no service knows another one's API.
 *
 * A target takes what it can (`ServiceModule.take`): a function is invoked, a queue takes a delivery as a message. Which targets are
 * allowed is checked by the sender when it is configured, in AWS's own words.
 */

import { SimulatorBug } from '../kernel/bug.ts';
import type { ReaderRequest, SourceRequest } from './event-source.ts';

export type ServiceRequest =
  /** Run this function; the answer is that of a synchronous `Invoke`. `number`: reserved for the invocation earlier. */
  | { readonly kind: 'invoke'; readonly payloadJson: string; readonly number?: number }
  /** Take this and keep it: an event for a function, a message for a queue. The answer says whether it was taken. */
  | { readonly kind: 'deliver'; readonly body: string; readonly attributes: DeliveryAttributes }
  /** Give the next invocation of this function its number now; the answer's output has it as `number`. */
  | { readonly kind: 'reserve' }
  | SourceRequest
  | ReaderRequest;

/** Attributes of a delivery, for targets that have such: a queue's message attributes. */
export type DeliveryAttributes = Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;

/** A request that no service should send to such a target: a bug of ours. */
export function notTaken(request: ServiceRequest, who: string): never {
  throw new SimulatorBug(`${who} was asked to ${request.kind}`);
}
