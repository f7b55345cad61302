/**
 * Deliveries: a message on its way to one subscriber, handed over, tried again, given up (SN-10, SN-12, SN-18).
 *
 * What a function does with a message is no business of the topic: it has delivered when Lambda has taken the event. Whose turn it is among the messages for one queue is in
 * lanes.ts.
 */

import type { AwsAnswer, AwsError } from '../../contract/answer.ts';
import { fail } from '../../contract/answer.ts';
import { nameInArn } from '../../contract/arn.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import type { DeliverRequest } from '../../contract/service-request.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { waitAfterMs } from './delivery-schedule.ts';
import {
  enterLane,
  holdLane,
  isStrict,
  laneFootprint,
  leaveLane,
  releaseLane,
  turnFootprint,
  whoMayCome,
} from './lanes.ts';
import { NOTIFICATION_WAIT } from './latency.ts';
import type { SnsEffect, SnsMessage, SnsStep } from './messages.ts';
import { type SnsState, shownTopic, type TopicDelivery, topicDeliveryOf, topicLane } from './state.ts';
import type { TopicEvent } from './trace-events.ts';

/** SN-13: a queue takes no more attributes than this. */
const MOST_ATTRIBUTES = 10;
const TOO_MANY_ATTRIBUTES = fail(
  'InvalidParameterValue',
  `Number of message attributes exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
).error;
/** What a subscriber answers whose trouble is its own. */
const SUBSCRIBER_FAILS = fail('InternalError', 'The subscriber answered with an error of its own.', 500).error;

/** A delivery begins: it joins its lane, or its turn may come at any moment. A function's invocation gets its name now. */
export function enterDelivery(state: SnsState, delivery: TopicDelivery, nowMs: number, isCopy = false): SnsStep {
  const { id, lane, subscription } = delivery;
  state.deliveries.set(id, delivery);
  if (lane !== null && !isCopy)
    return { effects: enterLane(state, lane, delivery, nowMs), footprint: laneFootprint(lane) };
  const effects: SnsEffect[] = [];
  if (subscription.protocol === 'lambda') {
    const call = `the number for ${id}`;
    state.sent.set(call, { what: 'reservation', delivery: id });
    effects.push({
      kind: 'send',
      to: subscription.endpoint,
      by: by(state, delivery),
      request: { kind: 'reserve' },
      call,
    });
  }
  return { effects: [...effects, due(delivery, delivery.id, nowMs, nowMs, isCopy)], footprint: NO_FOOTPRINT };
}

/** A retry's wait is time that passes by itself. */
function due({ id }: TopicDelivery, of: string, atMs: number, nowMs: number, isCopy = false): SnsEffect {
  const message: SnsMessage = { kind: 'delivery-due', delivery: id, isCopy };
  const timer = { kind: 'timer', of, atMs, message, label: `${id} waits` } as const;
  return atMs === nowMs ? { ...timer, as: 'step', wait: NOTIFICATION_WAIT } : { ...timer, as: 'sleep' };
}

/** A turn of a lane: a later delivery may come first where no order is promised (SN-09). */
export function turn(state: SnsState, lane: string, moment: Moment): SnsStep {
  const isOrdered = (id: string): boolean => isStrict(topicDeliveryOf(state, id));
  const [first, ...later] = whoMayCome(state, lane, isOrdered, moment);
  if (first === undefined) return { effects: [], footprint: NO_FOOTPRINT };
  const looked = turnFootprint(lane, isOrdered(first), moment);
  if (later.length === 0) {
    const { effects, footprint } = comes(state, { delivery: first, isReordered: false }, moment);
    return { effects, footprint: joined(looked, footprint) };
  }
  const options = [first, ...later].map((delivery, place): SnsMessage => {
    return { kind: 'comes', delivery, isReordered: place > 0 };
  });
  return { effects: [{ kind: 'offer', fault: 'reorder', options }], footprint: looked };
}

/** A delivery of a lane comes. Where no order is promised, it goes on by itself from here. */
export function comes(
  state: SnsState,
  { delivery: id, isReordered }: Pick<SnsMessage & { readonly kind: 'comes' }, 'delivery' | 'isReordered'>,
  moment: Moment,
): SnsStep {
  const delivery = topicDeliveryOf(state, id);
  if (!isStrict(delivery) && delivery.lane !== null) {
    leaveLane(state, delivery.lane, id);
    state.deliveries.set(id, { ...delivery, lane: null });
  }
  const strike: readonly SnsEffect[] = isReordered
    ? [{ kind: 'strike', fault: 'reorder', by: by(state, delivery) }]
    : [];
  const { effects, footprint } = mayComeTwice(state, id, moment);
  return { effects: [...strike, ...effects], footprint };
}

/** A delivery that goes by itself comes: an event for a function, another attempt, or a copy. */
export function notificationDue(
  state: SnsState,
  { delivery: id, isCopy }: SnsMessage & { readonly kind: 'delivery-due' },
  moment: Moment,
): SnsStep {
  const strike: readonly SnsEffect[] = isCopy
    ? [{ kind: 'strike', fault: 'duplicate', by: by(state, topicDeliveryOf(state, id)) }]
    : [];
  const { effects, footprint } = mayComeTwice(state, id, moment);
  return { effects: [...strike, ...effects], footprint };
}

/** That a message will be delivered once more than it should be is chosen before its first delivery; when the copy comes is a question of order. */
function mayComeTwice(state: SnsState, id: string, moment: Moment): SnsStep {
  const delivery = topicDeliveryOf(state, id);
  if (delivery.attempts > 0 || isStrict(delivery) || !moment.mayStrike('duplicate')) return mayFail(state, id, moment);
  const once = { kind: 'deliver', delivery: id, isDuplicated: false } as const;
  const options = [once, { ...once, isDuplicated: true }];
  return { effects: [{ kind: 'offer', fault: 'duplicate', options }], footprint: NO_FOOTPRINT };
}

/** The message is delivered, and perhaps a copy of the delivery will come as well (SN-09). */
export function deliver(
  state: SnsState,
  { delivery: id, isDuplicated }: SnsMessage & { readonly kind: 'deliver' },
  moment: Moment,
): SnsStep {
  if (!isDuplicated) return mayFail(state, id, moment);
  const delivery = { ...topicDeliveryOf(state, id), copies: topicDeliveryOf(state, id).copies + 1 };
  state.deliveries.set(id, delivery);
  const copy = { ...delivery, id: `${id}, copy ${delivery.copies}`, number: null, copies: 0, attempts: 0 };
  const { names } = toldOf(state, delivery, moment);
  const twice = noteOf(state, delivery, { kind: 'notification-duplicated', ...names });
  const again = enterDelivery(state, copy, moment.nowMs, true);
  const { effects, footprint } = mayFail(state, id, moment);
  return { effects: [twice, ...again.effects, ...effects], footprint: joined(again.footprint, footprint) };
}

/** Each attempt may meet a subscriber whose trouble is its own, within the budget of failed calls (SN-12). */
function mayFail(state: SnsState, id: string, moment: Moment): SnsStep {
  if (!moment.mayStrike('failed-before')) return attempt(state, { delivery: id, fails: false }, moment);
  const right = { kind: 'attempt', delivery: id, fails: false } as const;
  const options = [right, { ...right, fails: true }];
  return { effects: [{ kind: 'offer', fault: 'failed-before', options }], footprint: NO_FOOTPRINT };
}

/** Hands the message to its subscriber, who answers in this very step. */
export function attempt(
  state: SnsState,
  { delivery: id, fails }: Pick<SnsMessage & { readonly kind: 'attempt' }, 'delivery' | 'fails'>,
  moment: Moment,
): SnsStep {
  const before = topicDeliveryOf(state, id);
  const delivery = { ...before, attempts: before.attempts + 1 };
  state.deliveries.set(id, delivery);
  const { names, footprint } = toldOf(state, delivery, moment);
  const attempted = noteOf(state, delivery, { kind: 'notification-attempted', ...names, attempt: delivery.attempts });
  if (fails) {
    const strike: SnsEffect = { kind: 'strike', fault: 'failed-before', by: by(state, delivery) };
    const failed = refused(state, delivery, SUBSCRIBER_FAILS, moment);
    return { effects: [strike, attempted, ...failed.effects], footprint: joined(footprint, failed.footprint) };
  }
  if (Object.keys(delivery.attributes).length > MOST_ATTRIBUTES) {
    const failed = refused(state, delivery, TOO_MANY_ATTRIBUTES, moment);
    return { effects: [attempted, ...failed.effects], footprint: joined(footprint, failed.footprint) };
  }
  const call = `attempt ${delivery.attempts} of ${id}`;
  state.sent.set(call, { what: 'attempt', delivery: id });
  const { body, attributes, number } = delivery;
  const request: DeliverRequest = {
    ...{ kind: 'deliver', body, attributes, ...idsOf(delivery), ...chainedBy(delivery.chain) },
    ...(number === null ? {} : { number }),
  };
  const to = delivery.subscription.endpoint;
  return { effects: [attempted, { kind: 'send', to, by: by(state, delivery), request, call }], footprint };
}

/** SN-07, SN-09. */
function idsOf({
  messageGroupId,
  messageDeduplicationId,
}: TopicDelivery): Pick<DeliverRequest, 'messageGroupId' | 'messageDeduplicationId'> {
  return {
    ...(messageGroupId === null ? {} : { messageGroupId }),
    ...(messageDeduplicationId === null ? {} : { messageDeduplicationId }),
  };
}

/** What another service has answered to what the topic had sent. */
export function subscriberAnswered(state: SnsState, call: string, answer: AwsAnswer, moment: Moment): SnsStep {
  const sent = state.sent.get(call);
  invariant(sent !== undefined, `nothing was sent as «${call}»`);
  state.sent.delete(call);
  switch (sent.what) {
    case 'reservation': {
      const number = answer.ok ? answer.output.number : undefined;
      const delivery = topicDeliveryOf(state, sent.delivery);
      state.deliveries.set(delivery.id, { ...delivery, number: typeof number === 'number' ? number : null });
      return { effects: [], footprint: NO_FOOTPRINT };
    }
    case 'attempt': {
      const delivery = topicDeliveryOf(state, sent.delivery);
      return answer.ok ? over(state, delivery, moment.nowMs) : refused(state, delivery, answer.error, moment);
    }
    case 'dead letter': {
      if (answer.ok) return { effects: [], footprint: NO_FOOTPRINT };
      const { names, footprint } = toldOf(state, sent.delivery, moment);
      const event = { kind: 'notification-lost', ...names, deadLetterQueue: nameInArn(sent.queue) } as const;
      return { effects: [noteOf(state, sent.delivery, event)], footprint };
    }
    default:
      return unreachable(sent, 'answer to SNS');
  }
}

/** The delivery is over, and its lane goes on. */
function over(state: SnsState, { id, lane }: TopicDelivery, nowMs: number): SnsStep {
  state.deliveries.delete(id);
  if (lane === null) return { effects: [], footprint: NO_FOOTPRINT };
  leaveLane(state, lane, id);
  return releaseLane(state, lane, nowMs);
}

/** SN-12: an error of the subscriber's own is tried again; any other says that another attempt would fare no better. */
function refused(state: SnsState, delivery: TopicDelivery, error: AwsError, moment: Moment): SnsStep {
  const isTheirs = error.status === 429 || (error.status >= 500 && error.status !== 501);
  if (!isTheirs) return giveUp(state, delivery, { error, why: 'client-side' }, moment);
  const waitMs = waitAfterMs(delivery.attempts);
  if (waitMs === null) return giveUp(state, delivery, { error, why: 'attempts' }, moment);
  const { nowMs } = moment;
  const atMs = nowMs + waitMs;
  const { lane } = delivery;
  const held = lane === null ? NO_FOOTPRINT : holdLane(state, lane);
  const { names, footprint } = toldOf(state, delivery, moment);
  const event = { kind: 'notification-retried', ...names, error: error.code, atMs, holds: lane !== null } as const;
  const again = due(delivery, lane ?? delivery.id, atMs, nowMs);
  return { effects: [noteOf(state, delivery, event), again], footprint: joined(held, footprint) };
}

interface Failure {
  readonly error: AwsError;
  readonly why: 'client-side' | 'attempts';
}

/** The message is discarded, or goes to the subscription's dead-letter queue (SN-18). */
function giveUp(state: SnsState, delivery: TopicDelivery, { error, why }: Failure, moment: Moment): SnsStep {
  const { deadLetterArn } = delivery.subscription;
  const { names, footprint } = toldOf(state, delivery, moment);
  const sentTo = deadLetterArn === null ? null : nameInArn(deadLetterArn);
  const event: TopicEvent = { kind: 'notification-failed', ...names, error: error.code, why, sentTo };
  const effects: SnsEffect[] = [noteOf(state, delivery, event)];
  if (deadLetterArn !== null) {
    const call = `the dead letter of ${delivery.id}`;
    state.sent.set(call, { what: 'dead letter', delivery, queue: deadLetterArn });
    const isWhole = Object.keys(delivery.attributes).length <= MOST_ATTRIBUTES;
    const attributes = isWhole ? delivery.attributes : {};
    const letter = { kind: 'deliver', body: delivery.letter, attributes, ...idsOf(delivery) } as const;
    const request = { ...letter, ...chainedBy(delivery.chain) };
    effects.push({ kind: 'send', to: deadLetterArn, by: by(state, delivery), request, call });
  }
  const rest = over(state, delivery, moment.nowMs);
  return { effects: [...effects, ...rest.effects], footprint: joined(footprint, rest.footprint) };
}

/** The names that people know, and what was looked at to know them. */
function toldOf(
  state: SnsState,
  { messageId, topic, subscription }: TopicDelivery,
  moment: Moment,
): {
  readonly names: { readonly topic: string; readonly messageId: string; readonly subscriber: string };
  readonly footprint: Footprint;
} {
  const { is, footprint } = moment.describe(subscription.endpoint);
  const subscriber = is?.shownName ?? nameInArn(subscription.endpoint);
  return { names: { topic: shownTopic(state, topic), messageId, subscriber }, footprint };
}

function by(state: SnsState, { topic }: Pick<TopicDelivery, 'topic'>): string {
  return topicLane(shownTopic(state, topic));
}

/** A line of the trace, told by the delivery's topic. */
function noteOf(state: SnsState, delivery: TopicDelivery, event: TopicEvent): SnsEffect {
  return { kind: 'note', by: by(state, delivery), event };
}
