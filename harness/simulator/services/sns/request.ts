/**
 * Members of requests in SNS's words, and what a request names: a topic, a subscription.
 */

import type { Input } from '../../contract/answer.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import { asTold, unmodelled } from '../../contract/refusal.ts';
import { isGiven, isRecord, RequestReader } from '../../contract/request.ts';
import { parameterInvalid, subscriptionDoesNotExist, topicDoesNotExist } from './refusal.ts';
import type { SnsState, Subscription, Topic } from './state.ts';

/** The fewest parts that an ARN has, between its colons (SN-19). */
const PARTS_OF_ARN = 6;

/** Reads members, and refuses them as SNS does. */
export const MEMBERS_OF_TOPICS = new RequestReader({
  missing: (member) => parameterInvalid(`${member} Reason: no value for required parameter`),
  wrongType: (member) => parameterInvalid(member),
  outOfBounds: (member) => parameterInvalid(member),
  notOneOf: (member) => parameterInvalid(member),
});

/** A text, or nothing where it is empty: a form has no other way to say so. */
export function textIn(input: Input, member: string): string | undefined {
  const text = MEMBERS_OF_TOPICS.optionalText(input, member);
  return text === '' ? undefined : text;
}

/** SN-19: an ARN of SNS, checked by its form. */
function arnIn(account: AccountPlace, input: Input, member: string): string {
  const arn = isGiven(input[member]) ? asTold(input[member]) : '';
  const parts = arn.split(':');
  if (parts.length < PARTS_OF_ARN)
    throw parameterInvalid(`${member} Reason: An ARN must have at least 6 elements, not ${parts.length}`);
  const [, , service, region, accountId] = parts;
  if (service !== 'sns') throw parameterInvalid(member);
  if (region !== account.region || accountId !== account.accountId)
    throw unmodelled(`The ${member} ${arn} of another account or Region`);
  return arn;
}

/** The topic that a request means. */
export function topicIn(state: SnsState, input: Input, member = 'TopicArn'): Topic {
  const topic = topicByArn(state, arnIn(state, input, member));
  if (topic === undefined) throw topicDoesNotExist();
  return topic;
}

/** The name of the topic that a request means, whether or not there is one. */
export function topicNameIn(state: SnsState, input: Input): string {
  return arnIn(state, input, 'TopicArn').split(':').slice(5).join(':');
}

/** The topic of an ARN, if there is one. */
export function topicByArn({ topics }: SnsState, arn: string): Topic | undefined {
  const topic = topics.get(arn.slice(arn.lastIndexOf(':') + 1));
  return topic?.arn === arn ? topic : undefined;
}

/** The subscription that a request means. */
export function subscriptionIn(state: SnsState, input: Input): Subscription {
  const subscription = state.subscriptions.get(arnIn(state, input, 'SubscriptionArn'));
  if (subscription === undefined) throw subscriptionDoesNotExist();
  return subscription;
}

/** SN-20: the subscription's ARN, whether or not there is one; it has a part more than its topic's. */
export function subscriptionArnIn(state: SnsState, input: Input): string {
  if (!isGiven(input.SubscriptionArn))
    throw parameterInvalid('SubscriptionArn Reason: no value for required parameter');
  const arn = arnIn(state, input, 'SubscriptionArn');
  if (arn.split(':').length === PARTS_OF_ARN) throw parameterInvalid('SubscriptionId');
  return arn;
}

/** A map of attributes, as texts; empty if it is not given. */
export function attributesIn(input: Input, member = 'Attributes'): ReadonlyMap<string, string> {
  const given = input[member];
  if (!isGiven(given)) return new Map();
  if (!isRecord(given)) throw parameterInvalid(member);
  return new Map(
    Object.entries(given)
      .filter(([, value]) => isGiven(value))
      .map(([name, value]) => [name, asTold(value)]),
  );
}
