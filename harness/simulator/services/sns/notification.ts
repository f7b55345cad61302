/**
 * A delivery as it begins: what the subscriber is given of a message, and with which ids (SN-07, SN-09, SN-11, SN-13, SN-14).
 */

import { type Chained, chainedBy } from '../../contract/event-chain.ts';
import type { Moment } from '../../contract/moment.ts';
import { enterDelivery } from './delivery.ts';
import { isFifoQueue } from './endpoint-kinds.ts';
import { envelopeForQueue, eventForFunction, type PublishedMessage } from './envelope.ts';
import { laneFor } from './lanes.ts';
import type { DraftMessage } from './message.ts';
import type { SnsStep } from './messages.ts';
import type { SnsState, Subscription, Topic, TopicDelivery } from './state.ts';

interface Notification extends Chained {
  readonly topic: Topic;
  readonly draft: DraftMessage;
  readonly message: PublishedMessage;
  readonly subscription: Subscription;
  readonly moment: Moment;
}

/** A message is on its way to a subscriber. */
export function beginNotification(
  state: SnsState,
  { topic, draft, message, subscription, moment, chain }: Notification,
): SnsStep {
  const { groupId } = draft;
  const delivery: TopicDelivery = {
    id: `notification ${message.messageId} to ${subscription.endpoint}`,
    ...{ messageId: message.messageId, topic: topic.name, subscription },
    ...contentsFor(state, message, subscription, draft),
    ...idsFor(topic, subscription, draft),
    lane: laneFor(topic, subscription, groupId),
    ...{ number: null, attempts: 0, copies: 0, ...chainedBy(chain) },
  };
  return enterDelivery(state, delivery, moment.nowMs);
}

/** SN-13: attributes stand in the envelope, or beside a bare text. SN-18: a dead letter is what a queue would have got. */
function contentsFor(
  state: SnsState,
  message: PublishedMessage,
  subscription: Subscription,
  { texts, attributes }: DraftMessage,
): Pick<TopicDelivery, 'body' | 'letter' | 'attributes'> {
  const text = texts[subscription.protocol];
  if (subscription.isRaw) return { body: text, letter: text, attributes };
  const letter = envelopeForQueue(state, message, subscription, text);
  const isQueue = subscription.protocol === 'sqs';
  return { body: isQueue ? letter : eventForFunction(state, message, subscription, text), letter, attributes: {} };
}

/** SN-07: a FIFO queue gets both ids. SN-09: of a standard topic's message, a queue gets the group as a tenant. */
function idsFor(
  { isFifo }: Topic,
  { protocol, endpoint }: Subscription,
  { groupId, deduplicationId }: DraftMessage,
): Pick<TopicDelivery, 'messageGroupId' | 'messageDeduplicationId'> {
  if (isFifo && isFifoQueue(endpoint)) return { messageGroupId: groupId, messageDeduplicationId: deduplicationId };
  const isTenant = !isFifo && protocol === 'sqs';
  return { messageGroupId: isTenant ? groupId : null, messageDeduplicationId: null };
}
