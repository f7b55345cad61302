/**
 * The simulated SNS: standard and FIFO topics, and their fan-out to queues and functions. The only entry point of this folder.
 *
 * Text messages, mobile push, e-mail, HTTP endpoints, archives and replays are refused by name.
 */

import { notSimulated, ok } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { ServiceCall, ServiceModule, SettingOut } from '../../contract/service-module.ts';
import { unreachable } from '../../kernel/bug.ts';
import { attempt, comes, deliver, notificationDue, subscriberAnswered, turn } from './delivery.ts';
import { EVERY_SUBSCRIPTION, EVERY_TOPIC, publishesPath } from './footprints.ts';
import { snsLatency } from './latency.ts';
import type { SnsMessage, SnsServed, SnsStep, TopicOperated } from './messages.ts';
import { addPermission, removePermission } from './permissions.ts';
import { numberOfPublish, type Publisher, publish, publishBatch } from './publish.ts';
import { describeTopic, takeAtTopic } from './receiving.ts';
import { showSns } from './shown.ts';
import { cloneSns, newSns, type SnsState } from './state.ts';
import { SNS_SUBSCRIPTION } from './subscription-resource.ts';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './subscriptions.ts';
import { listTopicTags, tagTopic, untagTopic } from './tags.ts';
import { SNS_TOPIC_POLICY } from './topic-policy-resource.ts';
import { SNS_TOPIC } from './topic-resource.ts';
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from './topics.ts';
import type { TopicEvent } from './trace-events.ts';
import { partialPublish, SNS_TROUBLE } from './trouble.ts';

export const SNS: ServiceModule<SnsState, SnsMessage, TopicEvent> = {
  name: 'sns',
  service: 'SNS',
  client: {
    package: '@aws-sdk/client-sns',
    namespace: 'com.amazonaws.sns',
    endpointPrefix: 'sns',
    protocol: { kind: 'awsQuery', version: '2010-03-31', xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  },
  arns: ['sns'],
  resourceTypes: [SNS_SUBSCRIPTION, SNS_TOPIC, SNS_TOPIC_POLICY],
  faults: ['duplicate', 'reorder', 'partial', 'failed-before'],
  trouble: SNS_TROUBLE,
  faultsAt: (_, { operation, input }) => partialPublish(operation, input),
  latency: snsLatency,
  create: newSns,
  copy: cloneSns,
  setOut: (state, { operation, by }) => (PUBLISHING.has(operation) ? numbered(state, by) : null),
  call: serve,
  on,
  take: takeAtTopic,
  answered: subscriberAnswered,
  describe: describeTopic,
  displayNames: ({ displayNames }) => displayNames,
  shown: showSns,
};

type Publishing = (state: SnsState, input: ServiceCall['input'], publisher: Publisher) => TopicOperated;

const PUBLISHING: ReadonlyMap<string, Publishing> = new Map([
  ['Publish', publish],
  ['PublishBatch', publishBatch],
]);

type TopicOperation = (state: SnsState, input: ServiceCall['input']) => TopicOperated;

/** What is not in this table, and publishes nothing, is refused by name. */
const TOPIC_OPERATIONS: ReadonlyMap<string, TopicOperation> = new Map<string, TopicOperation>([
  ['AddPermission', addPermission],
  ['CreateTopic', createTopic],
  ['DeleteTopic', deleteTopic],
  ['GetSubscriptionAttributes', getSubscriptionAttributes],
  ['GetTopicAttributes', getTopicAttributes],
  ['ListSubscriptions', listSubscriptions],
  ['ListSubscriptionsByTopic', listSubscriptionsByTopic],
  ['ListTagsForResource', listTopicTags],
  ['ListTopics', listTopics],
  ['RemovePermission', removePermission],
  ['SetSubscriptionAttributes', setSubscriptionAttributes],
  ['SetTopicAttributes', setTopicAttributes],
  ['Subscribe', subscribe],
  ['TagResource', tagTopic],
  ['Unsubscribe', unsubscribe],
  ['UntagResource', untagTopic],
]);

/** The ids of messages are settled when the call sets out: they must not depend on which call arrives first. */
function numbered(state: SnsState, by: string): SettingOut {
  return { number: numberOfPublish(state, by), footprint: { reads: [], writes: [publishesPath(by)] } };
}

function serve(state: SnsState, { operation, input, by, number, chain }: ServiceCall, moment: Moment): SnsServed {
  const publishing = PUBLISHING.get(operation);
  const apply = TOPIC_OPERATIONS.get(operation);
  try {
    if (publishing !== undefined)
      return servedBy(publishing(state, input, { by, number, moment, ...chainedBy(chain) }));
    return apply === undefined
      ? answeredAtOnce(notSimulated(`SNS ${operation}`), { reads: [], writes: [] })
      : servedBy(apply(state, input));
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return answeredAtOnce(problem.answer, { reads: [EVERY_TOPIC, EVERY_SUBSCRIPTION], writes: [] });
  }
}

function servedBy({ output, footprint, effects = [] }: TopicOperated): SnsServed {
  return { answer: ok(output), effects, footprint };
}

/** What SNS tells itself. */
function on(state: SnsState, message: SnsMessage, moment: Moment): SnsStep {
  switch (message.kind) {
    case 'turn':
      return turn(state, message.lane, moment);
    case 'comes':
      return comes(state, message, moment);
    case 'delivery-due':
      return notificationDue(state, message, moment);
    case 'deliver':
      return deliver(state, message, moment);
    case 'attempt':
      return attempt(state, message, moment);
    default:
      return unreachable(message, 'message of SNS');
  }
}
