/**
 * AWS::SNS::Subscription: a queue or a function that is told of a topic's messages.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */

import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  type ResourceChange,
  type ResourceType,
} from '../../contract/resource-type.ts';
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
  ref: (_name, _account, properties) => arnIn(properties),
  attributes: (_name, _account, properties) => ({ Arn: arnIn(properties) }),
  refusedAttributes: {},
  calls: subscriptionCalls,
  life: {
    replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
    refusedChanges: {},
    updates: subscriptionUpdates,
    deletes: (_name, properties) => deletion('SNS', 'Unsubscribe', { SubscriptionArn: arnIn(properties) }),
    madeOnce: 'Leave it in the stack, or give it another topic or endpoint.',
  },
};

/** AWS draws the id by chance; here it follows from the endpoint, and from how often it was subscribed. */
export function arnOfSubscription(topicArn: string, endpoint: string, number = 1): string {
  return `${topicArn}:${uuidFrom(`${topicArn} ${endpoint} ${number}`)}`;
}

function arnIn({ TopicArn, Endpoint }: Properties): string {
  return arnOfSubscription(String(TopicArn), String(Endpoint));
}

/** What each attribute is where a template says nothing; no text: it is forgotten. */
const DEFAULTS = {
  FilterPolicy: '',
  FilterPolicyScope: 'MessageAttributes',
  RawMessageDelivery: 'false',
  RedrivePolicy: '',
};

/** A policy is checked by its scope, and what attributes can say, a body can say too: so the narrower scope comes last. */
function subscriptionUpdates({ before, after }: ResourceChange): readonly PlannedCall[] {
  const changed = changedProperties(before, after);
  const isOfBody = after.FilterPolicyScope === 'MessageBody';
  const filter = isOfBody
    ? (['FilterPolicyScope', 'FilterPolicy'] as const)
    : (['FilterPolicy', 'FilterPolicyScope'] as const);
  const names = [...filter, 'RawMessageDelivery', 'RedrivePolicy'] as const;
  return names
    .filter((name) => changed.includes(name))
    .map((name) => {
      const value = { AttributeName: name, AttributeValue: String(after[name] ?? DEFAULTS[name]) };
      const input = { SubscriptionArn: arnIn(after), ...value };
      return { call: { service: 'SNS', operation: 'SetSubscriptionAttributes', input }, blame: name };
    });
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
