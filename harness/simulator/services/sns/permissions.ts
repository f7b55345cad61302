/**
 * AddPermission and RemovePermission (SN-24): statements of a topic's policy, which is kept and shown, and not enforced.
 */

import type { Input } from '../../contract/answer.ts';
import { recordInJsonText } from '../../contract/json-text.ts';
import { checkMembers, isRecord } from '../../contract/request.ts';
import { topicPath } from './footprints.ts';
import type { TopicOperated } from './messages.ts';
import { parameterInvalid } from './refusal.ts';
import { MEMBERS_OF_TOPICS, topicIn } from './request.ts';
import type { SnsState, Topic } from './state.ts';
import { defaultTopicPolicy } from './topic-attributes.ts';

const ACTIONS = [
  ...['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic'],
  ...['Subscribe', 'ListSubscriptionsByTopic', 'Publish', 'Receive'],
];

export function addPermission(state: SnsState, input: Input): TopicOperated {
  checkMembers('AddPermission', input, ['TopicArn', 'Label', 'AWSAccountId', 'ActionName']);
  const topic = topicIn(state, input);
  const label = MEMBERS_OF_TOPICS.text(input, 'Label');
  const actions = MEMBERS_OF_TOPICS.texts(input, 'ActionName');
  const { policy, statements } = policyOf(state, topic);
  if (statements.some(({ Sid }) => Sid === label)) throw parameterInvalid('Statement already exists');
  if (actions.some((action) => !ACTIONS.includes(action)))
    throw parameterInvalid('Policy statement action out of service scope!');
  const principals = MEMBERS_OF_TOPICS.texts(input, 'AWSAccountId').map((id) => `arn:aws:iam::${id}:root`);
  const statement = {
    ...{ Sid: label, Effect: 'Allow', Principal: { AWS: oneOrAll(principals) } },
    ...{ Action: oneOrAll(actions.map((action) => `SNS:${action}`)), Resource: topic.arn },
  };
  return changed(state, topic, { ...policy, Statement: [...statements, statement] });
}

/** A label that no statement has is passed over. */
export function removePermission(state: SnsState, input: Input): TopicOperated {
  checkMembers('RemovePermission', input, ['TopicArn', 'Label']);
  const topic = topicIn(state, input);
  const label = MEMBERS_OF_TOPICS.text(input, 'Label');
  const { policy, statements } = policyOf(state, topic);
  return changed(state, topic, { ...policy, Statement: statements.filter(({ Sid }) => Sid !== label) });
}

/** A policy of any form may have been set: what is no list of statements counts as none. */
function policyOf(
  state: SnsState,
  { arn, attributes }: Topic,
): { readonly policy: Input; readonly statements: readonly Input[] } {
  const policy = recordInJsonText(attributes.get('Policy') ?? defaultTopicPolicy(state, arn)) ?? {};
  const { Statement } = policy;
  return { policy, statements: Array.isArray(Statement) ? Statement.filter(isRecord) : [] };
}

function oneOrAll(texts: readonly string[]): string | readonly string[] {
  const [only = '', ...more] = texts;
  return more.length === 0 ? only : texts;
}

function changed(state: SnsState, topic: Topic, policy: Input): TopicOperated {
  const attributes = new Map([...topic.attributes, ['Policy', JSON.stringify(policy)] as const]);
  state.topics.set(topic.name, { ...topic, attributes });
  return { output: {}, footprint: { reads: [], writes: [topicPath(topic.name)] } };
}
