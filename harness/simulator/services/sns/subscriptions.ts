/**
 * The calls about subscriptions: Subscribe, Unsubscribe, Get- and SetSubscriptionAttributes, ListSubscriptions, ListSubscriptionsByTopic (SN-20).
 *
 * Queues and functions of the account need no confirmation.
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import { checkEndpoint } from './endpoint-kinds.ts';
import { EVERY_SUBSCRIPTION, subscriptionsPath, topicPath } from './footprints.ts';
import type { TopicOperated } from './messages.ts';
import { parameterInvalid, tooManyFilterPolicies, tooManySubscriptions } from './refusal.ts';
import { attributesIn, MEMBERS_OF_TOPICS, subscriptionArnIn, subscriptionIn, textIn, topicIn } from './request.ts';
import { type SnsState, type Subscription, subscriptionsOf, type Topic, topicArn } from './state.ts';
import { readSubscriptionAttributes, shownAttributes } from './subscription-attributes.ts';
import { arnOfSubscription } from './subscription-resource.ts';
import { pageOfTopics } from './topics.ts';

/** https://docs.aws.amazon.com/general/latest/gr/sns.html */
const MOST_FILTER_POLICIES = 200;
const MOST_OF_FIFO_TOPIC = 100;

/** Makes a subscription, or answers with the one of that endpoint if it is the same in all that the request says. */
export function subscribe(state: SnsState, input: Input): TopicOperated {
  const members = ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn'];
  checkMembers('Subscribe', input, members);
  const topic = topicIn(state, input);
  const endpoint = textIn(input, 'Endpoint');
  if (endpoint === undefined) throw parameterInvalid('Endpoint');
  const protocol = checkEndpoint(state, topic, MEMBERS_OF_TOPICS.text(input, 'Protocol'), endpoint);
  const subscriber = { protocol, endpoint, isFifoTopic: topic.isFifo };
  const read = readSubscriptionAttributes(subscriber, attributesIn(input), 'Attributes Reason: ');
  const others = subscriptionsOf(state, topic.name);
  const reads = [topicPath(topic.name), subscriptionsPath(topic.name)];
  const before = others.find((one) => one.endpoint === endpoint && one.protocol === protocol);
  if (before !== undefined) {
    checkSame(before, read.attributes);
    return { output: { SubscriptionArn: before.arn }, footprint: { reads, writes: [] } };
  }
  if (topic.isFifo && others.length >= MOST_OF_FIFO_TOPIC) throw tooManySubscriptions();
  if (read.filter !== null) checkFilterPolicies(others);
  const arn = nextArn(state, topic, endpoint);
  state.subscriptions.set(arn, { arn, topic: topic.name, protocol, endpoint, ...read });
  return { output: { SubscriptionArn: arn }, footprint: { reads, writes: [subscriptionsPath(topic.name)] } };
}

function checkFilterPolicies(others: readonly Subscription[]): void {
  if (others.filter(({ filter }) => filter !== null).length >= MOST_FILTER_POLICIES) throw tooManyFilterPolicies();
}

/** Attributes that the request does not name are not compared. */
function checkSame(before: Subscription, attributes: ReadonlyMap<string, string>): void {
  const shown: Readonly<Record<string, string>> = {
    ...Object.fromEntries(before.attributes),
    ...shownAttributes(before),
  };
  for (const [name, value] of attributes) {
    const same = name === 'RawMessageDelivery' ? value.toLowerCase() : value;
    if (shown[name] !== same)
      throw parameterInvalid('Attributes Reason: Subscription already exists with different attributes');
  }
}

/** A subscription that is made again has another ARN. */
function nextArn({ subscribed }: SnsState, { arn }: Topic, endpoint: string): string {
  const key = `${arn} ${endpoint}`;
  const number = (subscribed.get(key) ?? 0) + 1;
  subscribed.set(key, number);
  return arnOfSubscription(arn, endpoint, number);
}

/** One that is not there is no error. What is on its way to the subscriber still comes. */
export function unsubscribe(state: SnsState, input: Input): TopicOperated {
  checkMembers('Unsubscribe', input, ['SubscriptionArn']);
  const arn = subscriptionArnIn(state, input);
  const [, , , , , topic = ''] = arn.split(':');
  state.subscriptions.delete(arn);
  return { output: {}, footprint: { reads: [], writes: [subscriptionsPath(topic)] } };
}

export function getSubscriptionAttributes(state: SnsState, input: Input): TopicOperated {
  checkMembers('GetSubscriptionAttributes', input, ['SubscriptionArn']);
  const subscription = subscriptionIn(state, input);
  const Attributes = {
    ...shownAttributes(subscription),
    ...listed(state, subscription),
    ...{ ConfirmationWasAuthenticated: 'true', PendingConfirmation: 'false' },
    SubscriptionPrincipal: `arn:aws:iam::${state.accountId}:root`,
  };
  return { output: { Attributes }, footprint: { reads: [subscriptionsPath(subscription.topic)], writes: [] } };
}

/** Without a value, what was said before is forgotten. */
export function setSubscriptionAttributes(state: SnsState, input: Input): TopicOperated {
  checkMembers('SetSubscriptionAttributes', input, ['SubscriptionArn', 'AttributeName', 'AttributeValue']);
  const subscription = subscriptionIn(state, input);
  const { topic, arn } = subscription;
  const name = MEMBERS_OF_TOPICS.text(input, 'AttributeName');
  const value = MEMBERS_OF_TOPICS.optionalText(input, 'AttributeValue') ?? '';
  const attributes = new Map([...subscription.attributes, [name, value] as const]);
  const isFifoTopic = topic.endsWith('.fifo');
  const read = readSubscriptionAttributes({ ...subscription, isFifoTopic }, attributes, '');
  if (value === '') attributes.delete(name);
  if (read.filter !== null && subscription.filter === null) checkFilterPolicies(subscriptionsOf(state, topic));
  state.subscriptions.set(arn, { ...subscription, ...read });
  return { output: {}, footprint: { reads: [], writes: [subscriptionsPath(topic)] } };
}

export function listSubscriptions(state: SnsState, input: Input): TopicOperated {
  checkMembers('ListSubscriptions', input, ['NextToken']);
  return page(state, [...state.subscriptions.values()], input, [EVERY_SUBSCRIPTION]);
}

export function listSubscriptionsByTopic(state: SnsState, input: Input): TopicOperated {
  checkMembers('ListSubscriptionsByTopic', input, ['TopicArn', 'NextToken']);
  const { name } = topicIn(state, input);
  return page(state, subscriptionsOf(state, name), input, [topicPath(name), subscriptionsPath(name)]);
}

/** By their ARNs: the order in which they were made is not told. */
function page(state: SnsState, all: readonly Subscription[], input: Input, reads: readonly string[]): TopicOperated {
  const inOrder = [...all].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const { page: some, next } = pageOfTopics(inOrder, input);
  const Subscriptions = some.map((subscription) => listed(state, subscription));
  return { output: { Subscriptions, ...next }, footprint: { reads, writes: [] } };
}

function listed(state: SnsState, { arn, topic, protocol, endpoint }: Subscription): Readonly<Record<string, string>> {
  return {
    ...{ SubscriptionArn: arn, Owner: state.accountId, Protocol: protocol, Endpoint: endpoint },
    TopicArn: topicArn(state, topic),
  };
}
