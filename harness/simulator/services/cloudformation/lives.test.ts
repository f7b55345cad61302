/**
 * What becomes of resources of each type when their templates change: the calls of an update, its undoing, and a deletion.
 */

import { describe, expect, it } from 'vitest';
import { answeredWith, callsOfStack, errorOf, runOnStack, stackCall, updateTo } from './run-for-tests.ts';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';

/** One resource, and what it may need. */
function resource(type: string, properties: string, more = ''): string {
  return `Resources:\n${more}  It: { Type: ${type}, Properties: { ${properties} } }\n`;
}

const ORDERS = '  Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }\n';
const TOPIC = '  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }\n';
const ROLE = "Role: 'arn:aws:iam::123456789012:role/any'";
const CODE = `Runtime: nodejs24.x, Handler: f.handler, Code: src/, ${ROLE}`;
const FUNCTION = `  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: f, ${CODE} } }\n`;
const OTHER_FUNCTION = FUNCTION.replace('F:', 'G:').replace('FunctionName: f', 'FunctionName: g');
const VERSION = `${FUNCTION}  V: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref F } }\n`;
const ALIAS = 'FunctionName: !Ref F, Name: live, FunctionVersion: !GetAtt V.Version';
const STREAM = '  Clicks: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }\n';
const SUBSCRIPTION = `TopicArn: !Ref News, Protocol: sqs, Endpoint: ${QUEUE_ARN}`;
const TABLE =
  'BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{ AttributeName: id, AttributeType: S }], KeySchema: [{ AttributeName: id, KeyType: HASH }]';
const RULE = 'EventPattern: { source: [a] }';
const target = (id: string) => `{ Id: ${id}, Arn: ${QUEUE_ARN} }`;
const MAPPING = `EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref F`;
const OF_STREAM = 'EventSourceArn: !GetAtt Clicks.Arn, FunctionName: !Ref F, StartingPosition';

interface Changed {
  readonly type: string;
  readonly before: string;
  readonly after: string;
  readonly more?: string;
  readonly calls: readonly (readonly [operation: string, input: object])[];
}

/** The calls of an update and of the update back, and what each says. */
const CHANGED: readonly Changed[] = [
  {
    type: 'AWS::SQS::Queue',
    before: 'DelaySeconds: 5',
    after: 'VisibilityTimeout: 90, RedrivePolicy: { deadLetterTargetArn: !GetAtt Orders.Arn, maxReceiveCount: 2 }',
    more: ORDERS,
    calls: [
      ['SetQueueAttributes', { Attributes: { DelaySeconds: '0', VisibilityTimeout: '90' } }],
      ['SetQueueAttributes', { Attributes: { RedrivePolicy: expect.stringContaining('"maxReceiveCount":2') } }],
      ['SetQueueAttributes', { Attributes: { DelaySeconds: '5', VisibilityTimeout: '30' } }],
      ['SetQueueAttributes', { Attributes: { RedrivePolicy: '' } }],
    ],
  },
  {
    type: 'AWS::Lambda::Function',
    before: `${CODE}, Timeout: 5, ReservedConcurrentExecutions: 2`,
    after: `${CODE}, Environment: { Variables: { SIZE: large } }, ReservedConcurrentExecutions: 3`,
    calls: [
      ['UpdateFunctionConfiguration', { Timeout: 3, Environment: { Variables: { SIZE: 'large' } } }],
      ['PutFunctionConcurrency', { ReservedConcurrentExecutions: 3 }],
      ['UpdateFunctionConfiguration', { Timeout: 5, Environment: { Variables: {} } }],
      ['PutFunctionConcurrency', { ReservedConcurrentExecutions: 2 }],
    ],
  },
  {
    type: 'AWS::Lambda::Function',
    before: `${CODE}, RecursiveLoop: Allow, ReservedConcurrentExecutions: 2`,
    after: CODE,
    calls: [
      ['DeleteFunctionConcurrency', {}],
      ['PutFunctionRecursionConfig', { RecursiveLoop: 'Terminate' }],
      ['PutFunctionConcurrency', { ReservedConcurrentExecutions: 2 }],
      ['PutFunctionRecursionConfig', { RecursiveLoop: 'Allow' }],
    ],
  },
  {
    type: 'AWS::Lambda::Alias',
    before: `${ALIAS}, Description: the first`,
    after: `${ALIAS}, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }`,
    more: VERSION,
    calls: [
      ['UpdateAlias', { FunctionVersion: '1', Description: '', RoutingConfig: { AdditionalVersionWeights: {} } }],
      ['PutProvisionedConcurrencyConfig', { Qualifier: 'live', ProvisionedConcurrentExecutions: 1 }],
      ['UpdateAlias', { Description: 'the first' }],
      ['DeleteProvisionedConcurrencyConfig', { Qualifier: 'live' }],
    ],
  },
  {
    type: 'AWS::Lambda::Url',
    before: 'TargetFunctionArn: !Ref F, AuthType: NONE',
    after: 'TargetFunctionArn: !Ref F, AuthType: AWS_IAM, Cors: { MaxAge: 5 }',
    more: FUNCTION,
    calls: [
      ['UpdateFunctionUrlConfig', { AuthType: 'AWS_IAM', Cors: { MaxAge: 5 } }],
      ['UpdateFunctionUrlConfig', { AuthType: 'NONE', Cors: {} }],
    ],
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    before: "FunctionName: !Ref F, Qualifier: '$LATEST', MaximumRetryAttempts: 1",
    after: "FunctionName: !Ref F, Qualifier: '$LATEST', MaximumEventAgeInSeconds: 60",
    more: FUNCTION,
    calls: [
      ['PutFunctionEventInvokeConfig', { MaximumEventAgeInSeconds: 60 }],
      ['PutFunctionEventInvokeConfig', { MaximumRetryAttempts: 1 }],
    ],
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    before: `${MAPPING}, BatchSize: 5, Enabled: false`,
    after: `${MAPPING}, ScalingConfig: { MaximumConcurrency: 2 }`,
    more: `${ORDERS}${FUNCTION}`,
    calls: [
      ['UpdateEventSourceMapping', { BatchSize: 10, Enabled: true, ScalingConfig: { MaximumConcurrency: 2 } }],
      ['UpdateEventSourceMapping', { BatchSize: 5, Enabled: false, ScalingConfig: {} }],
    ],
  },
  {
    type: 'AWS::Kinesis::Stream',
    before: 'ShardCount: 1, RetentionPeriodHours: 48',
    after: 'ShardCount: 2',
    calls: [
      ['UpdateShardCount', { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }],
      ['DecreaseStreamRetentionPeriod', { RetentionPeriodHours: 24 }],
      ['UpdateShardCount', { TargetShardCount: 1 }],
      ['IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 48 }],
    ],
  },
  {
    type: 'AWS::DynamoDB::Table',
    before: `${TABLE}, TimeToLiveSpecification: { AttributeName: until, Enabled: true }`,
    after: `${TABLE}, TimeToLiveSpecification: { AttributeName: end, Enabled: true }`,
    calls: [
      ['UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'until', Enabled: false } }],
      ['UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'end', Enabled: true } }],
      ['UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'end', Enabled: false } }],
      ['UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }],
    ],
  },
  {
    type: 'AWS::SNS::Topic',
    before: 'DisplayName: News',
    after: "SignatureVersion: '2'",
    calls: [
      ['SetTopicAttributes', { AttributeName: 'DisplayName', AttributeValue: '' }],
      ['SetTopicAttributes', { AttributeName: 'SignatureVersion', AttributeValue: '2' }],
      ['SetTopicAttributes', { AttributeName: 'DisplayName', AttributeValue: 'News' }],
      ['SetTopicAttributes', { AttributeName: 'SignatureVersion', AttributeValue: '1' }],
    ],
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    before: `${OF_STREAM}: LATEST`,
    after: `${OF_STREAM}: LATEST, ParallelizationFactor: 2`,
    more: `${STREAM}${FUNCTION}`,
    calls: [
      ['UpdateEventSourceMapping', { ParallelizationFactor: 2 }],
      ['UpdateEventSourceMapping', { ParallelizationFactor: 1 }],
    ],
  },
  {
    type: 'AWS::SNS::Subscription',
    before: `${SUBSCRIPTION}, FilterPolicyScope: MessageBody, FilterPolicy: { kind: { of: [a] } }`,
    after: `${SUBSCRIPTION}, RawMessageDelivery: true`,
    more: TOPIC,
    calls: [
      ['SetSubscriptionAttributes', { AttributeName: 'FilterPolicy', AttributeValue: '' }],
      ['SetSubscriptionAttributes', { AttributeName: 'FilterPolicyScope', AttributeValue: 'MessageAttributes' }],
      ['SetSubscriptionAttributes', { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' }],
      ['SetSubscriptionAttributes', { AttributeName: 'FilterPolicyScope', AttributeValue: 'MessageBody' }],
      ['SetSubscriptionAttributes', { AttributeName: 'FilterPolicy', AttributeValue: '{"kind":{"of":["a"]}}' }],
      ['SetSubscriptionAttributes', { AttributeName: 'RawMessageDelivery', AttributeValue: 'false' }],
    ],
  },
  {
    type: 'AWS::Events::Rule',
    before: `${RULE}, State: DISABLED, Targets: [${target('one')}, ${target('two')}]`,
    after: `${RULE}, Targets: [${target('two')}, ${target('three')}]`,
    calls: [
      ['PutRule', { EventPattern: '{"source":["a"]}' }],
      ['RemoveTargets', { Ids: ['one'] }],
      ['PutTargets', { Targets: [{ Id: 'three', Arn: QUEUE_ARN }] }],
      ['PutRule', { State: 'DISABLED' }],
      ['RemoveTargets', { Ids: ['three'] }],
      ['PutTargets', { Targets: [{ Id: 'one', Arn: QUEUE_ARN }] }],
    ],
  },
];

describe('a resource that changes in place, and back', () => {
  it.each(CHANGED.map((one) => [one.type, one] as const))('%s', async (_type, { type, before, after, more, calls }) => {
    const [first, second] = [resource(type, before, more), resource(type, after, more)];
    const run = await runOnStack(first, [updateTo(second), updateTo(first)]);
    for (const answer of run.answers) expect(answeredWith(answer)).toHaveProperty('StackId');
    const made = callsOfStack(run);
    expect(made.map(({ operation }) => operation)).toEqual(calls.map(([operation]) => operation));
    for (const [place, [, input]] of calls.entries()) expect(made[place]?.input).toMatchObject(input);
    const failed = run.trace.filter(
      ({ event }) => event.kind === 'stack-resource-changed' && event.status.endsWith('FAILED'),
    );
    expect(failed).toEqual([]);
  });
});

/** What a template may have and not have any more. */
const DELETED: readonly (readonly [type: string, properties: string, more: string, operations: readonly string[]])[] = [
  ['AWS::SQS::Queue', 'DelaySeconds: 5', '', ['DeleteQueue']],
  ['AWS::Lambda::Function', CODE, '', ['DeleteFunction']],
  [
    'AWS::Lambda::EventInvokeConfig',
    "FunctionName: !Ref F, Qualifier: '$LATEST', MaximumRetryAttempts: 1",
    FUNCTION,
    ['DeleteFunctionEventInvokeConfig'],
  ],
  ['AWS::Lambda::EventSourceMapping', MAPPING, `${ORDERS}${FUNCTION}`, ['DeleteEventSourceMapping']],
  ['AWS::Lambda::Version', 'FunctionName: !Ref F', FUNCTION, ['DeleteFunction']],
  ['AWS::Lambda::Alias', ALIAS, VERSION, ['DeleteAlias']],
  ['AWS::Lambda::Url', 'TargetFunctionArn: !Ref F, AuthType: NONE', FUNCTION, ['DeleteFunctionUrlConfig']],
  ['AWS::Kinesis::Stream', 'ShardCount: 1', '', ['DeleteStream']],
  [
    'AWS::Kinesis::StreamConsumer',
    'ConsumerName: c, StreamARN: !GetAtt Clicks.Arn',
    STREAM,
    ['DeregisterStreamConsumer'],
  ],
  ['AWS::DynamoDB::Table', TABLE, '', ['DeleteTable']],
  ['AWS::SNS::Topic', 'DisplayName: News', '', ['DeleteTopic']],
  ['AWS::SNS::Subscription', SUBSCRIPTION, TOPIC, ['Unsubscribe']],
  ['AWS::Events::Rule', `${RULE}, Targets: [${target('one')}]`, '', ['RemoveTargets', 'DeleteRule']],
  ['AWS::Events::EventBus', 'Name: orders', '', ['DeleteEventBus']],
  ['AWS::Logs::LogGroup', 'RetentionInDays: 1', '', []],
];

describe('a resource that leaves its stack', () => {
  it.each(DELETED)('%s', async (type, properties, more, operations) => {
    const after = `Resources:\n${more}  Other: { Type: AWS::Logs::LogGroup }\n`;
    const run = await runOnStack(resource(type, properties, more), [
      updateTo(after),
      stackCall('DescribeStackResources'),
    ]);
    expect(callsOfStack(run).map(({ operation }) => operation)).toEqual(operations);
    expect(JSON.stringify(answeredWith(run.answers[1]))).not.toContain('DELETE');
  });
});

/** Properties of which AWS says «Replacement», and one type that no call makes. */
const REPLACED: readonly (readonly [
  type: string,
  before: string,
  after: string,
  more: string,
  operations: readonly string[],
])[] = [
  [
    'AWS::Lambda::EventSourceMapping',
    `${MAPPING.replace('Orders', 'Other')}`,
    MAPPING,
    `${ORDERS}  Other: { Type: AWS::SQS::Queue }\n${FUNCTION}`,
    ['CreateEventSourceMapping', 'DeleteEventSourceMapping'],
  ],
  [
    'AWS::Lambda::EventSourceMapping',
    `${OF_STREAM}: AT_TIMESTAMP, StartingPositionTimestamp: 1767139200`,
    `${OF_STREAM}: AT_TIMESTAMP, StartingPositionTimestamp: 1767142800`.replace('!Ref F', '!Ref G'),
    `${STREAM}${FUNCTION}${OTHER_FUNCTION}`,
    ['CreateEventSourceMapping', 'DeleteEventSourceMapping'],
  ],
  [
    'AWS::DynamoDB::Table',
    TABLE,
    TABLE.replace('AttributeType: S', 'AttributeType: N'),
    '',
    ['CreateTable', 'DeleteTable'],
  ],
  [
    'AWS::DynamoDB::Table',
    TABLE,
    TABLE.replaceAll('AttributeName: id', 'AttributeName: key'),
    '',
    ['CreateTable', 'DeleteTable'],
  ],
  ['AWS::SNS::Topic', '', 'FifoTopic: true', '', ['CreateTopic', 'DeleteTopic']],
  [
    'AWS::SNS::Subscription',
    SUBSCRIPTION,
    SUBSCRIPTION.replace(':orders', ':others'),
    TOPIC,
    ['Subscribe', 'Unsubscribe'],
  ],
  ['AWS::Lambda::Alias', ALIAS, ALIAS.replace('live', 'next'), VERSION, ['CreateAlias', 'DeleteAlias']],
  [
    'AWS::Lambda::Url',
    'TargetFunctionArn: !Ref F, AuthType: NONE',
    'TargetFunctionArn: !Ref G, AuthType: NONE',
    `${FUNCTION}${OTHER_FUNCTION}`,
    ['CreateFunctionUrlConfig', 'DeleteFunctionUrlConfig'],
  ],
  ['AWS::Events::Rule', RULE, `${RULE}, Name: mine`, '', ['PutRule', 'DeleteRule']],
  [
    'AWS::Lambda::Permission',
    'Action: lambda:InvokeFunction, FunctionName: f, Principal: a',
    'Action: lambda:InvokeFunction, FunctionName: f, Principal: b',
    '',
    [],
  ],
];

describe('a resource that AWS replaces', () => {
  it.each(REPLACED)('%s', async (type, before, after, more, operations) => {
    const run = await runOnStack(resource(type, before, more), [updateTo(resource(type, after, more))]);
    expect(callsOfStack(run).map(({ operation }) => operation)).toEqual(operations);
    const replaced = run.trace.filter(
      ({ event }) =>
        event.kind === 'stack-resource-changed' && event.status === 'DELETE_COMPLETE' && event.logicalId === 'It',
    );
    expect(replaced).toHaveLength(1);
  });
});

describe('a mapping that is to begin elsewhere', () => {
  it.each([['TRIM_HORIZON'], ['AT_TIMESTAMP, StartingPositionTimestamp: 1767142800']])(
    'is replaced, which AWS refuses while the one before reads the stream for the function: %s',
    async (start) => {
      const before = `${OF_STREAM}: AT_TIMESTAMP, StartingPositionTimestamp: 1767139200`;
      const [first, second] = [before, `${OF_STREAM}: ${start}`].map((one) =>
        resource('AWS::Lambda::EventSourceMapping', one, `${STREAM}${FUNCTION}`),
      );
      const run = await runOnStack(first ?? '', [updateTo(second ?? '')]);
      expect(callsOfStack(run).map(({ operation }) => operation)).toEqual(['CreateEventSourceMapping']);
      const failed = run.trace.flatMap(({ event }) =>
        event.kind === 'stack-resource-changed' && event.status.endsWith('FAILED') ? [event] : [],
      );
      expect(failed).toMatchObject([{ status: 'UPDATE_FAILED', reason: expect.stringContaining('already exists') }]);
    },
  );
});

/** Changes that AWS makes in place and a run can't. */
const REFUSED: readonly (readonly [type: string, before: string, after: string, property: string, more: string])[] = [
  ['AWS::DynamoDB::Table', TABLE, `${TABLE}, DeletionProtectionEnabled: true`, 'DeletionProtectionEnabled', ''],
  [
    'AWS::DynamoDB::Table',
    TABLE,
    `${TABLE}, StreamSpecification: { StreamViewType: KEYS_ONLY }`,
    'StreamSpecification',
    '',
  ],
  ['AWS::Kinesis::Stream', 'ShardCount: 1', 'StreamModeDetails: { StreamMode: ON_DEMAND }', 'StreamModeDetails', ''],
  ['AWS::Events::EventBus', 'Name: orders', 'Name: orders, Description: x', 'Description', ''],
  ['AWS::SNS::Topic', '', `Subscription: [{ Protocol: sqs, Endpoint: ${QUEUE_ARN} }]`, 'Subscription', ''],
  ['AWS::Lambda::Function', CODE, CODE.replace('src/', 'other/'), 'Code', ''],
  [
    'AWS::Lambda::EventSourceMapping',
    `${OF_STREAM}: LATEST, TumblingWindowInSeconds: 30`,
    `${OF_STREAM}: LATEST`,
    'TumblingWindowInSeconds',
    `${STREAM}${FUNCTION}`,
  ],
];

describe('a change that a run can’t make', () => {
  it.each(REFUSED)('%s', async (type, before, after, property, more) => {
    const { answers } = await runOnStack(resource(type, before, more), [updateTo(resource(type, after, more))]);
    const line = 1 + more.split('\n').length;
    expect(errorOf(answers[0])).toMatchObject({
      code: 'RaceproofNotSimulated',
      message: expect.stringMatching(
        new RegExp(
          `^A change of ${property} of It is not simulated in a run \\(line ${line} of the template\\)\\. \\w`,
        ),
      ),
    });
  });

  it.each([
    [
      'AWS::Lambda::Version',
      'Leave it in the stack as it is, and publish the next version with PublishVersion.',
      'FunctionName: !Ref F',
      FUNCTION,
    ],
    [
      'AWS::Kinesis::StreamConsumer',
      'Leave it in the stack, or give it another ConsumerName.',
      'ConsumerName: c, StreamARN: !GetAtt Clicks.Arn',
      STREAM,
    ],
    ['AWS::SNS::Subscription', 'Leave it in the stack, or give it another topic or endpoint.', SUBSCRIPTION, TOPIC],
  ])('%s is made once, as it would have another ARN: «%s»', async (type, advice, properties, more) => {
    const without = `Resources:\n${more}  Other: { Type: AWS::Logs::LogGroup }\n`;
    const { answers } = await runOnStack(resource(type, properties, more), [
      updateTo(without),
      updateTo(resource(type, properties, more)),
    ]);
    expect(errorOf(answers[1]).message).toBe(
      `It was made in this run before, and can't be made again (line ${1 + more.split('\n').length} of the template). ${advice}`,
    );
  });

  it('a subscription that was in the stack before has another ARN, which its template would not know', async () => {
    const [first, second] = [SUBSCRIPTION, SUBSCRIPTION.replace(':orders', ':others')].map((one) =>
      resource('AWS::SNS::Subscription', one, TOPIC),
    );
    const { answers } = await runOnStack(first ?? '', [updateTo(second ?? ''), updateTo(first ?? '')]);
    expect(errorOf(answers[1]).message).toMatch(
      /^It was made in this run before, and can't be made again \(line 3 of the template\)\. /,
    );
  });

  it('a version that would be replaced has the next number, which its template would not know', async () => {
    const [first, second] = ['one', 'two'].map((text) =>
      resource('AWS::Lambda::Version', `FunctionName: !Ref F, Description: ${text}`, FUNCTION),
    );
    const { answers } = await runOnStack(first ?? '', [updateTo(second ?? '')]);
    expect(errorOf(answers[0]).message).toMatch(/ \(line 3 of the template\)\. .+ publish the next version with /);
  });
});
