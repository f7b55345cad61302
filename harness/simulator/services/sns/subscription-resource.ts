/**
 * AWS::SNS::Subscription: a queue or a function that is told of a topic's messages.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */

import type { PlannedCall, Properties, ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated, TEXT } from '../../contract/shape.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { REFUSED_PROTOCOLS } from './endpoint-kinds.ts';
import { FILTER_POLICY_SCOPES } from './filter-policy.ts';

export const TOPIC_ARN: Shape = {
  kind: 'text',
  pattern: /^arn:(aws[a-zA-Z-]*)?:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
  says: "a topic's ARN, such as !Ref Orders",
};

/** Who may be told; of any other endpoint, the protocol is refused. */
export const ENDPOINT: Shape = {
  kind: 'text',
  pattern: /^arn:(aws[a-zA-Z-]*)?:(sqs|lambda):[a-z0-9-]+:\d{12}:.+$/,
  says: 'the ARN of a queue or a function, such as !GetAtt Orders.Arn',
};

export const PROTOCOL: Shape = { kind: 'choice', of: ['sqs', 'lambda'], refused: REFUSED_PROTOCOLS };

export const SNS_SUBSCRIPTION: ResourceType = {
  name: 'AWS::SNS::Subscription',
  properties: {
    TopicArn: simulated(TOPIC_ARN),
    Protocol: simulated(PROTOCOL),
    Endpoint: simulated(ENDPOINT),
    FilterPolicy: simulated({ kind: 'json' }),
    FilterPolicyScope: simulated({ kind: 'choice', of: FILTER_POLICY_SCOPES }),
    RawMessageDelivery: simulated(FLAG),
    RedrivePolicy: simulated({ kind: 'json' }),
    // Of deliveries to HTTP endpoints alone.
    DeliveryPolicy: accepted({ kind: 'json' }),
    Region: accepted(TEXT),
    ReplayPolicy: refused('Archives and replays are not simulated: remove it.'),
    SubscriptionRoleArn: refused('It is for delivery streams, which are not simulated: remove it.'),
  },
  required: ['TopicArn', 'Protocol', 'Endpoint'],
  naming: { property: null, maxLength: 128 },
  // The ARN that Subscribe answers for the first subscription of this endpoint.
  ref: (_name, _account, { TopicArn, Endpoint }) => arnOfSubscription(String(TopicArn), String(Endpoint)),
  attributes: (_name, _account, { TopicArn, Endpoint }) => ({
    Arn: arnOfSubscription(String(TopicArn), String(Endpoint)),
  }),
  refusedAttributes: {},
  calls: subscriptionCalls,
};

/** AWS draws the id by chance; here it follows from the endpoint, and from how often it was subscribed. */
export function arnOfSubscription(topicArn: string, endpoint: string, number = 1): string {
  return `${topicArn}:${uuidFrom(`${topicArn} ${endpoint} ${number}`)}`;
}

/** A second subscription of one endpoint is one and the same on AWS, and so it is here. */
function subscriptionCalls(_name: string, properties: Properties): readonly PlannedCall[] {
  const { TopicArn, Protocol, Endpoint } = properties;
  const texts = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'] as const;
  const given = texts.flatMap((name) => (properties[name] === undefined ? [] : [[name, String(properties[name])]]));
  const Attributes = Object.fromEntries(given) as Properties;
  const input = { TopicArn, Protocol, Endpoint, ...(given.length === 0 ? {} : { Attributes }) };
  return [{ call: { service: 'SNS', operation: 'Subscribe', input }, blame: blameFor(properties) }];
}

/** The property that AWS most likely means, if it refuses the subscription: one that only it can judge. */
function blameFor(properties: Properties): string {
  return ['FilterPolicy', 'RedrivePolicy'].find((name) => properties[name] !== undefined) ?? 'Endpoint';
}
