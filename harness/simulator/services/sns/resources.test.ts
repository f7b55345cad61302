/**
 * Topics, subscriptions and policies in templates: each rule of their properties, with line and column, and the calls.
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/answer.ts';
import { deployed, findingsOf, lambda, QUEUE, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

const ACCOUNT = 'eu-central-1:123456789012';

/** A topic; its properties begin in line 5. */
const topic = (properties: string, more = '') => `Resources:
  News:
    Type: AWS::SNS::Topic
    Properties:
      ${properties.replace(/\n/g, '\n      ')}
${more}${QUEUE}${lambda('Bump')}${ROLE}`;
/** A subscription; its further properties begin in line 8. */
const subscription = (properties: string, endpoint = 'Protocol: sqs, Endpoint: !GetAtt Orders.Arn') =>
  `Resources:
  Subscribed:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      <<: { ${endpoint} }
      ${properties.replace(/\n/g, '\n      ')}
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
${QUEUE}${lambda('Bump')}${ROLE}`.replace(/<<: \{ (.*) \}/, (_, members: string) =>
    members.split(', ').join('\n      '),
  );

describe('AWS::SNS::Topic', () => {
  it('makes a topic and its subscriptions, after what they need', () => {
    const { calls, deployment } = standing(`${topic(`DisplayName: News
SignatureVersion: 2
Subscription:
  - { Protocol: sqs, Endpoint: !GetAtt Orders.Arn }
  - { Protocol: lambda, Endpoint: !GetAtt Bump.Arn }`)}Outputs:
  Ref: { Value: !Ref News }
  Arn: { Value: !GetAtt News.TopicArn }
  Name: { Value: !GetAtt News.TopicName }
`);
    expect(calls.map(({ operation }) => operation)).toEqual([
      ...['CreateQueue', 'CreateFunction', 'CreateTopic', 'Subscribe', 'Subscribe'],
    ]);
    const { Name } = deployment.outputs;
    expect(Name).toMatch(/^shop-News-\w+$/);
    const TopicArn = `arn:aws:sns:${ACCOUNT}:${Name}`;
    expect(deployment.outputs).toEqual({ Ref: TopicArn, Arn: TopicArn, Name });
    expect(calls[2]?.input).toEqual({ Name, Attributes: { DisplayName: 'News', SignatureVersion: '2' } });
    expect(calls[3]?.input).toEqual({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${ACCOUNT}:orders` });
  });

  it('makes a FIFO topic, whose name ends as it must', () => {
    const properties = 'FifoTopic: true\nContentBasedDeduplication: true\nFifoThroughputScope: MessageGroup';
    const { calls, deployment } = standing(`${topic(properties)}Outputs:\n  Topic: { Value: !Ref News }\n`);
    const create = calls.find(({ operation }) => operation === 'CreateTopic');
    expect(create?.input).toEqual({
      Name: expect.stringMatching(/^shop-News-\w+\.fifo$/),
      Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true', FifoThroughputScope: 'MessageGroup' },
    });
    expect(deployment.outputs.Topic).toBe(`arn:aws:sns:${ACCOUNT}:${String(create?.input.Name)}`);
    const named = standing(topic('TopicName: news.fifo\nFifoTopic: true')).calls;
    expect(named.find(({ operation }) => operation === 'CreateTopic')?.input.Name).toBe('news.fifo');
  });

  it.each([
    [
      'TopicName: a b',
      'TopicName must be a name of 1 to 256 letters, digits, _ and -, which ends with .fifo if the topic is FIFO, not «a b».',
    ],
    [
      'TopicName: a.fifo',
      'The name of a FIFO topic, and of no other, ends with .fifo: let TopicName and FifoTopic agree.',
    ],
    [
      'TopicName: a\nFifoTopic: true',
      'The name of a FIFO topic, and of no other, ends with .fifo: let TopicName and FifoTopic agree.',
    ],
    [
      'ContentBasedDeduplication: true',
      'ContentBasedDeduplication is for FIFO topics. Set FifoTopic to true, or remove it.',
    ],
    ['FifoThroughputScope: Topic', 'FifoThroughputScope is for FIFO topics. Set FifoTopic to true, or remove it.'],
    ['FifoTopic: true\nFifoThroughputScope: All', 'FifoThroughputScope must be Topic or MessageGroup, not «All».'],
    [
      'ArchivePolicy: { MessageRetentionPeriod: 1 }',
      'ArchivePolicy is not simulated. Archives and replays are not simulated: remove it.',
    ],
    ['DataProtectionPolicy: {}', 'DataProtectionPolicy is not simulated. Data protection is not simulated: remove it.'],
    ['Subscription: [{ Protocol: sqs }]', 'Subscription needs Endpoint.'],
    ['Subscription: [{ Protocol: https, Endpoint: "https://a" }]', 'https'],
  ])('%s', (properties, finding) => {
    expect(findingsOf(topic(properties))).toContainEqual(expect.stringContaining(finding));
  });

  it('takes what changes nothing in a run', () => {
    const properties = 'KmsMasterKeyId: alias/aws/sns\nTracingConfig: Active\nTags: [{ Key: a, Value: b }]';
    expect(findingsOf(topic(properties))).toEqual([]);
  });
});

describe('AWS::SNS::Subscription', () => {
  it('subscribes, with policies as texts', () => {
    const properties = `RawMessageDelivery: true
FilterPolicyScope: MessageBody
FilterPolicy: { kind: [a, { prefix: b }] }
RedrivePolicy: { deadLetterTargetArn: !GetAtt Orders.Arn }`;
    const { calls, deployment } = standing(`${subscription(properties)}Outputs:\n  Arn: { Value: !Ref Subscribed }\n`);
    const made = calls.find(({ operation }) => operation === 'Subscribe');
    expect(made?.input).toEqual({
      ...{ TopicArn: `arn:aws:sns:${ACCOUNT}:news`, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${ACCOUNT}:orders` },
      Attributes: {
        ...{
          RawMessageDelivery: 'true',
          FilterPolicyScope: 'MessageBody',
          FilterPolicy: '{"kind":["a",{"prefix":"b"}]}',
        },
        RedrivePolicy: `{"deadLetterTargetArn":"arn:aws:sqs:${ACCOUNT}:orders"}`,
      },
    });
    expect(deployment.outputs.Arn).toMatch(new RegExp(`^arn:aws:sns:${ACCOUNT}:news:[0-9a-f-]{36}$`));
  });

  it('SN-17 tells where the filter policy is that AWS does not take', () => {
    const answer = ({ operation }: { readonly operation: string }) =>
      operation === 'Subscribe' ? fail('InvalidParameterException', 'Invalid parameter: FilterPolicy: …') : ok({});
    expect(deployed(subscription('FilterPolicy: { a: [] }'), { answer }).result).toMatchObject({
      ok: false,
      findings: [{ path: 'Resources.Subscribed.Properties.FilterPolicy', line: 8 }],
    });
    expect(deployed(subscription('RawMessageDelivery: true'), { answer }).result).toMatchObject({
      findings: [{ path: 'Resources.Subscribed.Properties.Endpoint' }],
    });
  });

  it.each([
    ['Protocol: email, Endpoint: me@example.com', 'Protocol «email» is not simulated'],
    [
      'Protocol: sqs, Endpoint: orders',
      'Endpoint must be the ARN of a queue or a function, such as !GetAtt Orders.Arn, not «orders».',
    ],
    ['Protocol: sqs', 'AWS::SNS::Subscription needs Endpoint.'],
  ])('%s', (endpoint, finding) =>
    expect(findingsOf(subscription('RawMessageDelivery: false', endpoint))).toContainEqual(
      expect.stringContaining(finding),
    ),
  );

  it.each([
    ['ReplayPolicy: {}', 'ReplayPolicy is not simulated. Archives and replays are not simulated: remove it.'],
    [
      'SubscriptionRoleArn: x',
      'SubscriptionRoleArn is not simulated. It is for delivery streams, which are not simulated: remove it.',
    ],
    ['FilterPolicyScope: Body', 'FilterPolicyScope must be MessageAttributes or MessageBody, not «Body».'],
  ])('%s', (properties, finding) =>
    expect(findingsOf(subscription(properties))).toEqual([expect.stringContaining(finding)]),
  );
});

describe('AWS::SNS::TopicPolicy', () => {
  const policy = (document: string) =>
    topic(
      'DisplayName: a',
      `  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument: ${document}
`,
    );
  const STATEMENT =
    '{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sns:Publish, Resource: !Ref News }';

  it('is read, makes no call, and says that it is not enforced', () => {
    const { calls, deployment } = standing(policy(`{ Statement: [${STATEMENT}] }`));
    expect(calls.map(({ service }) => service)).toContain('SNS');
    expect(calls.filter(({ operation }) => operation.includes('Permission'))).toEqual([]);
    expect(deployment.notices).toContainEqual(expect.stringContaining('IAM not enforced'));
  });

  it('is refused if it is no policy', () => expect(findingsOf(policy('{}'))).not.toEqual([]));
});
