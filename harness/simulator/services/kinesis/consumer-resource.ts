/**
 * AWS::Kinesis::StreamConsumer: a consumer with enhanced fan-out, whose ARN a mapping reads (KI-17, KE-21).
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-streamconsumer.html
 */

import { deletion, type PlannedCall, type Properties, pick, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, simulated, TAGS } from '../../contract/shape.ts';
import { consumerArn } from './consumers.ts';

/** The instant in the ARN of a consumer that a stack registers, which a template names before there is one: 2025-12-31T00:00:00Z. */
const DEPLOYED_SECONDS = 1_767_139_200;

export const KINESIS_STREAM_CONSUMER: ResourceType = {
  name: 'AWS::Kinesis::StreamConsumer',
  properties: {
    ConsumerName: simulated({
      kind: 'text',
      pattern: /^[a-zA-Z0-9_.-]{1,128}$/,
      says: 'a name of 1 to 128 letters, digits, _ . and -',
    }),
    StreamARN: simulated({
      kind: 'text',
      pattern: /^arn:(aws[a-zA-Z-]*)?:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/,
      says: "a Kinesis stream's ARN, such as !GetAtt Orders.Arn",
    }),
    Tags: accepted(TAGS),
  },
  required: ['ConsumerName', 'StreamARN'],
  naming: { property: 'ConsumerName', maxLength: 128 },
  ref: (name, _account, properties) => arnOf(name, properties),
  attributes: (name, _account, properties) => ({
    ...{ ConsumerARN: arnOf(name, properties), ConsumerName: name, ConsumerStatus: 'ACTIVE' },
    ...{ ConsumerCreationTimestamp: String(DEPLOYED_SECONDS), StreamARN: String(properties.StreamARN) },
  }),
  refusedAttributes: {},
  calls: (name, properties): readonly PlannedCall[] => {
    const input = { ConsumerName: name, ...pick(properties, ['StreamARN']), DeployedSeconds: DEPLOYED_SECONDS };
    return [{ call: { service: 'Kinesis', operation: 'RegisterStreamConsumer', input }, blame: 'StreamARN' }];
  },
  life: {
    replacedBy: ['ConsumerName', 'StreamARN'],
    refusedChanges: {},
    updates: () => [],
    deletes: (name, { StreamARN }) =>
      deletion('Kinesis', 'DeregisterStreamConsumer', { ConsumerName: name, StreamARN }, 'ResourceNotFoundException'),
    // A consumer's ARN ends in the instant at which it was registered.
    madeOnce: 'Leave it in the stack, or give it another ConsumerName.',
  },
};

function arnOf(name: string, { StreamARN }: Properties): string {
  return consumerArn(String(StreamARN), name, DEPLOYED_SECONDS);
}
