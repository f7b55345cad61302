/**
 * For tests: what SNS's operations may be asked, about a standard and a FIFO topic with queues and a function behind them, and one that may be made.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { functionName, queueArnFor, SECOND } from '../../programs/names-for-tests.ts';
import { arnOfSubscription } from './subscription-resource.ts';

const NEWS = 'news';
const ORDERED = 'news.fifo';
const arnOf = (name: string) => `arn:aws:sns:us-east-1:123456789012:${name}`;
const FUNCTION_ARN = `arn:aws:lambda:us-east-1:123456789012:function:${functionName(0)}`;

const topic = fc.constantFrom(NEWS, NEWS, ORDERED, SECOND).map(arnOf);
const TopicArn = topic.map((arn): Input => ({ TopicArn: arn }));
const ResourceArn = topic.map((arn): Input => ({ ResourceArn: arn }));
const endpoint = fc.constantFrom<Input>(
  { Protocol: 'sqs', Endpoint: queueArnFor('other') },
  { Protocol: 'sqs', Endpoint: queueArnFor('gone') },
  { Protocol: 'lambda', Endpoint: FUNCTION_ARN },
);
const SubscriptionArn = fc
  .tuple(topic, fc.constantFrom(queueArnFor('other'), FUNCTION_ARN))
  .map(([arn, to]): Input => ({ SubscriptionArn: arnOfSubscription(arn, to) }));

const FILTER = '{"kind":["a"]}';
const DEAD_LETTERS = JSON.stringify({ deadLetterTargetArn: queueArnFor('dead') });

const message = fc
  .record({
    Message: fc.constantFrom('1', '2'),
    kind: fc.constantFrom(null, 'a', 'b'),
    group: fc.constantFrom('g', 'h'),
  })
  .map(
    ({ Message, kind, group }): Input => ({
      ...{ Message, MessageGroupId: group },
      ...(kind === null ? {} : { MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } }),
    }),
  );

const inputs: OperationInputs = {
  AddPermission: merged(TopicArn, always({ Label: 'may', AWSAccountId: ['1'], ActionName: ['Publish'] })),
  CreateTopic: fc.constantFrom<Input>(
    { Name: SECOND },
    { Name: NEWS, Attributes: { DisplayName: 'x' } },
    { Name: ORDERED, Attributes: { FifoTopic: 'true' } },
  ),
  DeleteTopic: TopicArn,
  GetSubscriptionAttributes: SubscriptionArn,
  GetTopicAttributes: TopicArn,
  ListSubscriptions: always({}),
  ListSubscriptionsByTopic: TopicArn,
  ListTagsForResource: ResourceArn,
  ListTopics: always({}),
  Publish: merged(TopicArn, message),
  PublishBatch: merged(
    TopicArn,
    fc.array(message, { minLength: 1, maxLength: 3 }).map((entries) => ({
      PublishBatchRequestEntries: entries.map((entry, place) => ({ Id: String(place), ...entry })),
    })),
  ),
  RemovePermission: merged(TopicArn, always({ Label: 'may' })),
  SetSubscriptionAttributes: merged(
    SubscriptionArn,
    fc.constantFrom<Input>(
      { AttributeName: 'FilterPolicy', AttributeValue: FILTER },
      { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
      { AttributeName: 'FilterPolicy', AttributeValue: '{}' },
    ),
  ),
  SetTopicAttributes: merged(
    TopicArn,
    fc.constantFrom<Input>(
      { AttributeName: 'DisplayName', AttributeValue: 'shown' },
      { AttributeName: 'ContentBasedDeduplication', AttributeValue: 'true' },
      { AttributeName: 'FifoThroughputScope', AttributeValue: 'MessageGroup' },
    ),
  ),
  Subscribe: merged(
    merged(TopicArn, endpoint),
    fc.constantFrom<Input>(
      {},
      { Attributes: { FilterPolicy: FILTER } },
      { Attributes: { RedrivePolicy: DEAD_LETTERS } },
    ),
  ),
  TagResource: merged(
    ResourceArn,
    fc.constantFrom('1', '2').map((Value) => ({ Tags: [{ Key: 'tag', Value }] })),
  ),
  Unsubscribe: SubscriptionArn,
  UntagResource: merged(ResourceArn, always({ TagKeys: ['tag'] })),
};

const looks: readonly Look[] = [
  { operation: 'ListTopics', input: {} },
  { operation: 'ListSubscriptions', input: {} },
  ...[NEWS, ORDERED, SECOND].map(arnOf).flatMap((arn): readonly Look[] => [
    { operation: 'GetTopicAttributes', input: { TopicArn: arn } },
    { operation: 'ListTagsForResource', input: { ResourceArn: arn } },
    {
      operation: 'GetSubscriptionAttributes',
      input: { SubscriptionArn: arnOfSubscription(arn, queueArnFor('other')) },
    },
  ]),
];

const before: readonly Look[] = [
  { operation: 'CreateTopic', input: { Name: NEWS } },
  {
    operation: 'CreateTopic',
    input: { Name: ORDERED, Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } },
  },
  ...[NEWS, ORDERED].map(
    (name): Look => ({
      operation: 'Subscribe',
      input: { TopicArn: arnOf(name), Protocol: 'sqs', Endpoint: queueArnFor('other') },
    }),
  ),
  {
    operation: 'Subscribe',
    input: { TopicArn: arnOf(NEWS), Protocol: 'lambda', Endpoint: FUNCTION_ARN },
  },
  {
    operation: 'Subscribe',
    input: {
      ...{ TopicArn: arnOf(NEWS), Protocol: 'sqs', Endpoint: queueArnFor('gone') },
      Attributes: { RedrivePolicy: DEAD_LETTERS, FilterPolicy: FILTER },
    },
  },
];

const serviceInputs: ServiceInputs = { inputs, looks, before };
export default serviceInputs;
