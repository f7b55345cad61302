/**
 * AWS::SNS::Topic: a standard or FIFO topic, perhaps with subscriptions.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
 */

import type { AccountPlace } from '../../contract/arn.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  type ResourceChange,
  type ResourceType,
  records,
} from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, simulated, TAGS, TEXT } from '../../contract/shape.ts';
import { topicArn } from './state.ts';
import { ENDPOINT, PROTOCOL } from './subscription-resource.ts';

export const SNS_TOPIC: ResourceType = {
  name: 'AWS::SNS::Topic',
  properties: {
    TopicName: simulated({
      kind: 'text',
      pattern: /^[A-Za-z0-9_-]{1,256}$|^[A-Za-z0-9_-]{1,251}\.fifo$/,
      says: 'a name of 1 to 256 letters, digits, _ and -, which ends with .fifo if the topic is FIFO',
    }),
    DisplayName: simulated({ kind: 'text', max: 100 }),
    FifoTopic: simulated(FLAG),
    ContentBasedDeduplication: simulated(FLAG),
    FifoThroughputScope: simulated({ kind: 'choice', of: ['Topic', 'MessageGroup'] }),
    SignatureVersion: simulated({ kind: 'choice', of: ['1', '2'] }),
    Subscription: simulated({
      kind: 'list',
      of: {
        kind: 'record',
        members: { Endpoint: simulated(ENDPOINT), Protocol: simulated(PROTOCOL) },
        required: ['Endpoint', 'Protocol'],
      },
    }),
    Tags: accepted(TAGS),
    TracingConfig: accepted({ kind: 'choice', of: ['PassThrough', 'Active'] }),
    DeliveryStatusLogging: accepted({
      kind: 'list',
      of: {
        kind: 'record',
        members: {
          Protocol: accepted(TEXT),
          FailureFeedbackRoleArn: accepted(TEXT),
          SuccessFeedbackRoleArn: accepted(TEXT),
          SuccessFeedbackSampleRate: accepted(TEXT),
        },
        required: ['Protocol'],
      },
    }),
    KmsMasterKeyId: accepted(TEXT),
    ArchivePolicy: refused('Archives and replays are not simulated: remove it.'),
    DataProtectionPolicy: refused('Data protection is not simulated: remove it.'),
  },
  required: [],
  naming: { property: 'TopicName', maxLength: 256 },
  ref: (name, account, properties) => topicArn(account, nameOfTopic(name, properties)),
  attributes: (name, account, properties) => ({
    TopicArn: topicArn(account, nameOfTopic(name, properties)),
    TopicName: nameOfTopic(name, properties),
  }),
  refusedAttributes: {},
  check(properties, report) {
    const { TopicName, FifoTopic } = properties;
    const isFifo = FifoTopic === true;
    if (TopicName !== undefined && String(TopicName).endsWith('.fifo') !== isFifo)
      report(
        'TopicName',
        'The name of a FIFO topic, and of no other, ends with .fifo: let TopicName and FifoTopic agree.',
      );
    for (const property of ['ContentBasedDeduplication', 'FifoThroughputScope']) {
      if (!isFifo && properties[property] !== undefined && properties[property] !== false)
        report(property, `${property} is for FIFO topics. Set FifoTopic to true, or remove it.`);
    }
  },
  calls: topicCalls,
  life: {
    replacedBy: ['FifoTopic'],
    refusedChanges: {
      Subscription: 'Write the subscription as a resource of its own, of the type AWS::SNS::Subscription.',
    },
    updates: topicUpdates,
    deletes: (name, properties, account) =>
      deletion('SNS', 'DeleteTopic', { TopicArn: topicArn(account, nameOfTopic(name, properties)) }),
  },
};

/** A name that CloudFormation makes for a FIFO topic ends with .fifo, too. */
function nameOfTopic(name: string, { FifoTopic }: Properties): string {
  return FifoTopic === true && !name.endsWith('.fifo') ? `${name}.fifo` : name;
}

function topicCalls(name: string, properties: Properties, account: AccountPlace): readonly PlannedCall[] {
  const { FifoTopic } = properties;
  const ofFifo = FifoTopic === true ? ['FifoTopic', 'ContentBasedDeduplication', 'FifoThroughputScope'] : [];
  const given = ['DisplayName', 'SignatureVersion', ...ofFifo].flatMap((property) =>
    properties[property] === undefined ? [] : [[property, String(properties[property])]],
  );
  const Name = nameOfTopic(name, properties);
  const attributes = given.length === 0 ? {} : { Attributes: Object.fromEntries(given) as Properties };
  const create = planned('CreateTopic', { Name, ...attributes }, null);
  const TopicArn = topicArn(account, Name);
  return [
    create,
    ...records(properties.Subscription).map((subscription) =>
      planned('Subscribe', { TopicArn, ...subscription }, 'Subscription'),
    ),
  ];
}

/** What each attribute is where a template says nothing. */
const DEFAULTS: Properties = {
  ...{ DisplayName: '', SignatureVersion: '1', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' },
};

function topicUpdates({ name, before, after }: ResourceChange, account: AccountPlace): readonly PlannedCall[] {
  const TopicArn = topicArn(account, nameOfTopic(name, after));
  return changedProperties(before, after)
    .filter((property) => DEFAULTS[property] !== undefined)
    .map((property) => {
      const AttributeValue = String(after[property] ?? DEFAULTS[property]);
      return planned('SetTopicAttributes', { TopicArn, AttributeName: property, AttributeValue }, property);
    });
}

function planned(operation: string, input: Properties, blame: string | null): PlannedCall {
  return { call: { service: 'SNS', operation, input }, blame };
}
