/**
 * The state of SNS: topics, their subscriptions, and the messages on their way to subscribers. Plain data only.
 *
 * Topics, subscriptions, deliveries and lanes never change in place: another one takes their place in the map. Nothing here decides anything.
 */

import type { CallId } from '../../contract/answer.ts';
import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { Chained } from '../../contract/event-chain.ts';
import { cloneRecent, newRecent, type Recent } from '../../contract/recent.ts';
import type { DeliveryAttributes } from '../../contract/service-request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { invariant } from '../../kernel/bug.ts';
import type { FilterPolicy } from './filter-policy.ts';

export interface Topic {
  readonly name: string;
  readonly arn: Arn;
  readonly isFifo: boolean;
  /** As they were given; what none was given for is in topic-attributes.ts. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/** Who is told of a topic's messages: a function or a queue. */
export interface Subscription {
  readonly arn: Arn;
  readonly topic: string;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: Arn;
  readonly isRaw: boolean;
  /** What the subscriber wants to hear of; null: everything. */
  readonly filter: FilterPolicy | null;
  readonly deadLetterArn: Arn | null;
  /** As they were given, for the operations that describe them. */
  readonly attributes: ReadonlyMap<string, string>;
}

export type SubscriptionProtocol = 'sqs' | 'lambda';

/** One message on its way to one subscriber. */
export interface TopicDelivery extends Chained {
  /** `notification 5cb2… to arn:aws:sqs:…:orders` */
  readonly id: string;
  readonly messageId: string;
  readonly topic: string;
  readonly subscription: Subscription;
  /** What the subscriber is given. */
  readonly body: string;
  /** What a dead-letter queue is given instead: of a function's event, the message as a queue would have got it (SN-18). */
  readonly letter: string;
  readonly attributes: DeliveryAttributes;
  readonly messageGroupId: string | null;
  readonly messageDeduplicationId: string | null;
  /** The lane in which deliveries keep their order; null: this one has no order. */
  readonly lane: string | null;
  /** Reserved for the invocation that it makes; null for a subscriber that numbers nothing. */
  readonly number: number | null;
  /** How often it was handed to its subscriber. */
  readonly attempts: number;
  readonly copies: number;
}

/** Deliveries that keep their order: those to one queue, or of one message group to one queue. */
export interface DeliveryLane {
  /** By id, in order. Each has a turn on the agenda, and a turn is for the first of them. */
  readonly pending: readonly string[];
  /** The first one waits for its next attempt, and the others wait for it (SN-02). */
  readonly isHeld: boolean;
  /** Turns that came meanwhile. */
  readonly missedTurns: number;
}

/** A message that the topic has taken, for as long as it is remembered (SN-04). */
export interface TakenMessage {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly atMs: number;
}

/** What was sent to another service and has not been answered, by the name of the sending. */
export type SentByTopic =
  | { readonly what: 'reservation'; readonly delivery: string }
  | { readonly what: 'attempt'; readonly delivery: string }
  | { readonly what: 'dead letter'; readonly delivery: TopicDelivery; readonly queue: Arn };

export interface SnsState extends AccountPlace {
  /** The instant on the calendar that virtual time 0 stands for: messages carry the time. */
  readonly epochMs: number;
  /** By name. */
  readonly topics: Map<string, Topic>;
  /** By ARN, in the order in which they were made. */
  readonly subscriptions: Map<Arn, Subscription>;
  readonly deliveries: Map<string, TopicDelivery>;
  readonly lanes: Map<string, DeliveryLane>;
  readonly sent: Map<CallId, SentByTopic>;
  /** By what duplicates have in common (SN-04). */
  readonly taken: Recent<TakenMessage>;
  /** How many messages each group of a topic has had: sequence numbers follow from it (SN-03). */
  readonly groups: Map<string, number>;
  /** How often each caller has published: ids of messages follow from it. */
  readonly publishes: Map<Actor, number>;
  /** How often each endpoint was subscribed to a topic: ARNs of subscriptions follow from it. */
  readonly subscribed: Map<string, number>;
  /** Names that a learner knows, by the names of topics: `Orders` rather than `stack-Orders-1K2J`. */
  readonly displayNames: Map<string, string>;
}

/** An account without topics. */
export function newSns({ region, accountId, epochMs }: Pick<SnsState, 'region' | 'accountId' | 'epochMs'>): SnsState {
  return {
    ...{ region, accountId, epochMs, topics: new Map(), subscriptions: new Map(), deliveries: new Map() },
    ...{ lanes: new Map(), sent: new Map(), taken: newRecent<TakenMessage>(), groups: new Map(), publishes: new Map() },
    ...{ subscribed: new Map(), displayNames: new Map() },
  };
}

/** A copy that shares what never changes. Cheap: a run begins with one. */
export function cloneSns(state: SnsState): SnsState {
  return {
    ...state,
    topics: new Map(state.topics),
    subscriptions: new Map(state.subscriptions),
    deliveries: new Map(state.deliveries),
    lanes: new Map(state.lanes),
    sent: new Map(state.sent),
    taken: cloneRecent(state.taken),
    groups: new Map(state.groups),
    publishes: new Map(state.publishes),
    subscribed: new Map(state.subscribed),
    displayNames: new Map(state.displayNames),
  };
}

/** The ARN of a topic. */
export function topicArn({ region, accountId }: AccountPlace, name: string): Arn {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

/** The subscriptions of one topic. */
export function subscriptionsOf({ subscriptions }: SnsState, topic: string): readonly Subscription[] {
  return [...subscriptions.values()].filter((subscription) => subscription.topic === topic);
}

/** A delivery that is known to be under way. */
export function topicDeliveryOf(state: SnsState, id: string): TopicDelivery {
  const delivery = state.deliveries.get(id);
  invariant(delivery !== undefined, `no delivery «${id}»`);
  return delivery;
}

/** A lane in which something is pending. */
export function laneOfDeliveries(state: SnsState, name: string): DeliveryLane {
  const lane = state.lanes.get(name);
  invariant(lane !== undefined, `nothing is pending in «${name}»`);
  return lane;
}

/** The name by which a learner knows a topic. One that CloudFormation makes lacks the ending of a FIFO topic's. */
export function shownTopic({ displayNames }: SnsState, name: string): string {
  return displayNames.get(name) ?? displayNames.get(name.replace(/\.fifo$/, '')) ?? name;
}

const LANE = 'topic ';

/** A topic as an actor and a lane, by the name that a learner knows. */
export function topicLane(shown: string): Actor {
  return LANE + shown;
}

/** Whether an actor or a lane is a topic. */
export function isTopicLane(lane: string): boolean {
  return lane.startsWith(LANE);
}
