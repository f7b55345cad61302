/**
 * The calls about topics: CreateTopic, DeleteTopic, ListTopics, GetTopicAttributes, SetTopicAttributes (SN-19).
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import { EVERY_TOPIC, subscriptionsPath, topicPath, topicTagsPath } from './footprints.ts';
import type { TopicOperated } from './messages.ts';
import { parameterInvalid } from './refusal.ts';
import { attributesIn, MEMBERS_OF_TOPICS, topicIn, topicNameIn } from './request.ts';
import { type SnsState, subscriptionsOf, type Topic, topicArn } from './state.ts';
import { topicTagsIn } from './tags.ts';
import {
  checkTopicAttribute,
  defaultTopicPolicy,
  EFFECTIVE_DELIVERY_POLICY,
  isFlagSet,
  throughputScope,
} from './topic-attributes.ts';

const STANDARD_NAME = /^[A-Za-z0-9_-]{1,256}$/;
const FIFO_NAME = /^[A-Za-z0-9_-]{1,251}\.fifo$/;
/** Pages of ListTopics hold 100: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const PAGE = 100;

/** Makes a topic, or answers with the one of that name if it is the same in all that the request says. */
export function createTopic(state: SnsState, input: Input): TopicOperated {
  checkMembers('CreateTopic', input, ['Name', 'Attributes', 'Tags']);
  const name = MEMBERS_OF_TOPICS.text(input, 'Name');
  const attributes = attributesIn(input);
  const isFifo = isFlagSet(attributes.get('FifoTopic'));
  if (!(isFifo ? FIFO_NAME : STANDARD_NAME).test(name)) throw parameterInvalid('Topic Name');
  for (const [attribute, value] of attributes) checkTopicAttribute(isFifo, attribute, value, 'Attributes Reason: ');
  const tags = topicTagsIn(input);
  const arn = topicArn(state, name);
  const before = state.topics.get(name);
  if (before !== undefined) {
    checkSame(before, attributes, tags);
    return { output: { TopicArn: arn }, footprint: { reads: [topicPath(name), topicTagsPath(name)], writes: [] } };
  }
  state.topics.set(name, { name, arn, isFifo, attributes: withoutKind(attributes), tags });
  return { output: { TopicArn: arn }, footprint: { reads: [], writes: [topicPath(name), topicTagsPath(name)] } };
}

/** Which kind a topic is of stands in its name. */
function withoutKind(attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...attributes].filter(([name]) => name !== 'FifoTopic'));
}

function checkSame(topic: Topic, attributes: ReadonlyMap<string, string>, tags: ReadonlyMap<string, string>): void {
  for (const [name, value] of withoutKind(attributes)) {
    if (topic.attributes.get(name) !== value)
      throw parameterInvalid('Attributes Reason: Topic already exists with different attributes');
  }
  for (const [key, value] of tags) {
    if (topic.tags.get(key) !== value) throw parameterInvalid('Tags Reason: Topic already exists with different tags');
  }
}

/** A topic goes with its subscriptions; one that is not there is no error. What is on its way to a subscriber still comes. */
export function deleteTopic(state: SnsState, input: Input): TopicOperated {
  checkMembers('DeleteTopic', input, ['TopicArn']);
  const name = topicNameIn(state, input);
  for (const { arn } of subscriptionsOf(state, name)) state.subscriptions.delete(arn);
  state.topics.delete(name);
  const writes = [topicPath(name), subscriptionsPath(name), topicTagsPath(name)];
  return { output: {}, footprint: { reads: [], writes } };
}

export function listTopics(state: SnsState, input: Input): TopicOperated {
  checkMembers('ListTopics', input, ['NextToken']);
  const names = [...state.topics.keys()].sort();
  const { page, next } = pageOfTopics(names, input);
  const Topics = page.map((name) => ({ TopicArn: topicArn(state, name) }));
  return { output: { Topics, ...next }, footprint: { reads: [EVERY_TOPIC], writes: [] } };
}

/** One page of a list, and the token of the next one, which says how many come before it. */
export function pageOfTopics<Item>(
  all: readonly Item[],
  input: Input,
): { readonly page: readonly Item[]; readonly next: Input } {
  const token = MEMBERS_OF_TOPICS.optionalText(input, 'NextToken') ?? '';
  if (!/^\d{0,6}$/.test(token)) throw parameterInvalid('NextToken');
  const from = Number(token);
  const next = from + PAGE < all.length ? { NextToken: String(from + PAGE) } : {};
  return { page: all.slice(from, from + PAGE), next };
}

export function getTopicAttributes(state: SnsState, input: Input): TopicOperated {
  checkMembers('GetTopicAttributes', input, ['TopicArn']);
  const topic = topicIn(state, input);
  const { name, arn, isFifo, attributes } = topic;
  const Attributes = {
    ...{ DisplayName: '', Policy: defaultTopicPolicy(state, arn) },
    ...(isFifo ? { ContentBasedDeduplication: 'false', FifoThroughputScope: throughputScope(topic) } : {}),
    ...Object.fromEntries(attributes),
    ...(isFifo ? { FifoTopic: 'true' } : {}),
    ...{ EffectiveDeliveryPolicy: EFFECTIVE_DELIVERY_POLICY, Owner: state.accountId, TopicArn: arn },
    SubscriptionsConfirmed: String(subscriptionsOf(state, name).length),
    ...{ SubscriptionsDeleted: '0', SubscriptionsPending: '0' },
  };
  return { output: { Attributes }, footprint: { reads: [topicPath(name), subscriptionsPath(name)], writes: [] } };
}

/** Without a value, what was said before is forgotten. */
export function setTopicAttributes(state: SnsState, input: Input): TopicOperated {
  checkMembers('SetTopicAttributes', input, ['TopicArn', 'AttributeName', 'AttributeValue']);
  const topic = topicIn(state, input);
  const attribute = MEMBERS_OF_TOPICS.text(input, 'AttributeName');
  const value = MEMBERS_OF_TOPICS.optionalText(input, 'AttributeValue') ?? '';
  if (attribute === 'FifoTopic') throw parameterInvalid('AttributeName');
  const attributes = new Map(topic.attributes);
  checkTopicAttribute(topic.isFifo, attribute, value === '' ? null : value);
  if (value === '') attributes.delete(attribute);
  else attributes.set(attribute, value);
  // SN-05: the wider scope is left for good.
  if (throughputScope(topic) === 'MessageGroup' && throughputScope({ ...topic, attributes }) === 'Topic')
    throw parameterInvalid('FifoThroughputScope can not be changed from MessageGroup to Topic');
  state.topics.set(topic.name, { ...topic, attributes });
  return { output: {}, footprint: { reads: [], writes: [topicPath(topic.name)] } };
}
