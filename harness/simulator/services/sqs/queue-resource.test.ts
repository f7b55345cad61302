/**
 * Queues in templates: the calls that create them, their names, and the advice for properties that are not simulated.
 */

import { describe, expect, it } from 'vitest';
import { fail } from '../../contract/answer.ts';
import { deployed, findingsOf, standing } from '../cloudformation/stack-for-tests.ts';

/** A template with the queue Orders; its properties begin in line 4, column 7. */
const queue = (properties: string) =>
  `Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n${properties.replace(/^/gm, '      ')}\n`;

describe('AWS::SQS::Queue', () => {
  it('is created with its attributes, and has a URL, an ARN and a name', () => {
    const template = `${queue('QueueName: orders\nVisibilityTimeout: 90\nDelaySeconds: 5\nSqsManagedSseEnabled: true\nTags: [{ Key: a, Value: b }]')}Outputs:
  Url: { Value: !Ref Orders }
  Same: { Value: !GetAtt Orders.QueueUrl }
  Arn: { Value: !GetAtt Orders.Arn }
  Name: { Value: !GetAtt Orders.QueueName }
`;
    const { deployment, calls } = standing(template);
    expect(calls).toEqual([
      {
        service: 'SQS',
        operation: 'CreateQueue',
        input: {
          QueueName: 'orders',
          Attributes: { VisibilityTimeout: '90', DelaySeconds: '5', SqsManagedSseEnabled: 'true' },
        },
      },
    ]);
    const url = 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders';
    const arn = 'arn:aws:sqs:eu-central-1:123456789012:orders';
    expect(deployment.outputs).toEqual({ Url: url, Same: url, Arn: arn, Name: 'orders' });
  });

  it('needs no properties, and gets a generated name', () => {
    const { deployment } = standing(
      'Resources:\n  Orders: { Type: AWS::SQS::Queue }\nOutputs: { Name: { Value: !GetAtt Orders.QueueName } }\n',
    );
    expect(deployment.outputs.Name).toMatch(/^shop-Orders-[0-9A-Z]{12}$/);
  });

  it('SQ-17 SQ-18 SQ-40 is a FIFO queue with FifoQueue: true, and its generated name ends in .fifo', () => {
    const { calls, deployment } = standing(
      `${queue(
        'FifoQueue: true\nContentBasedDeduplication: true\nDeduplicationScope: messageGroup\nFifoThroughputLimit: perMessageGroupId',
      )}Outputs: { Name: { Value: !GetAtt Orders.QueueName }, Arn: { Value: !GetAtt Orders.Arn } }\n`,
    );
    const { Name = '', Arn } = deployment.outputs;
    expect(Name).toMatch(/^shop-Orders-[0-9A-Z]{12}\.fifo$/);
    expect(Arn).toBe(`arn:aws:sqs:eu-central-1:123456789012:${Name}`);
    const Attributes = {
      ...{ FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      ...{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    };
    expect(calls).toMatchObject([{ operation: 'CreateQueue', input: { QueueName: Name, Attributes } }]);
  });

  it('SQ-26 SQ-29 is created after its dead-letter queue, and each policy is a call of its own', () => {
    const { calls } = standing(`${queue(
      'RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 }',
    )}  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead, RedriveAllowPolicy: { redrivePermission: allowAll } }
`);
    expect(calls.map(({ operation, input }) => [operation, input.QueueName ?? input.Attributes])).toEqual([
      ['CreateQueue', 'dead'],
      ['SetQueueAttributes', { RedriveAllowPolicy: '{"redrivePermission":"allowAll"}' }],
      ['CreateQueue', expect.stringMatching(/^shop-Orders-/)],
      [
        'SetQueueAttributes',
        {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:123456789012:dead',
            maxReceiveCount: 5,
          }),
        },
      ],
    ]);
  });

  it('SQ-26 a refusal of its policy is reported at the policy', () => {
    const policy = 'RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:eu-central-1:123456789012:gone" }';
    const { result } = deployed(queue(policy), {
      answer: ({ operation }) =>
        operation === 'SetQueueAttributes'
          ? fail('InvalidParameterValue', 'Dead letter target does not exist.')
          : { ok: true, output: {} },
    });
    expect(result).toMatchObject({
      ok: false,
      findings: [
        {
          line: 5,
          column: 7,
          message: 'The resource Orders cannot be made. SQS says: Dead letter target does not exist.',
        },
      ],
    });
  });

  it.each([
    ['FifoQueue: false', '5:7 A standard queue has no FifoQueue, and AWS refuses false: remove it.'],
    ['QueueName: orders.fifo', '5:7 A queue whose name ends in .fifo is a FIFO queue: add FifoQueue: true.'],
    [
      'QueueName: orders!',
      '5:18 QueueName must be a name of 1 to 80 letters, digits, - and _, with .fifo behind it for a FIFO queue, not «orders!».',
    ],
    [
      'DeduplicationScope: messageGroup',
      '5:7 DeduplicationScope is for FIFO queues: add FifoQueue: true, or remove it.',
    ],
    ['QueueName: orders\nFifoQueue: true', '5:7 The name of a FIFO queue ends in .fifo: write orders.fifo.'],
    [
      'FifoQueue: true\nFifoThroughputLimit: perMessageGroupId',
      '6:7 perMessageGroupId goes with DeduplicationScope: messageGroup: add that.',
    ],
    [
      'FifoQueue: true\nDeduplicationScope: group',
      '6:27 DeduplicationScope must be queue or messageGroup, not «group».',
    ],
    ['KmsMasterKeyId: alias/a', '5:7 KmsMasterKeyId is not simulated. There are no keys here: remove it.'],
    ['VisibilityTimeout: 43201', '5:26 VisibilityTimeout must be a whole number from 0 to 43200, not «43201».'],
    ['DelaySeconds: 901', '5:21 DelaySeconds must be a whole number from 0 to 900, not «901».'],
    ['MaximumMessageSize: 1023', '5:27 MaximumMessageSize must be a whole number from 1024 to 1048576, not «1023».'],
    ['MessageRetentionPeriod: 59', '5:31 MessageRetentionPeriod must be a whole number from 60 to 1209600, not «59».'],
    [
      'ReceiveMessageWaitTimeSeconds: 21',
      '5:38 ReceiveMessageWaitTimeSeconds must be a whole number from 0 to 20, not «21».',
    ],
    ['RedrivePolicy: { maxReceiveCount: 3 }', '5:22 RedrivePolicy needs deadLetterTargetArn.'],
    [
      'RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:eu-central-1:123456789012:d", maxReceiveCounts: 3 }',
      '5:88 RedrivePolicy has no member «maxReceiveCounts». Did you mean maxReceiveCount?',
    ],
    [
      'RedriveAllowPolicy: { redrivePermission: byQueue }',
      '5:7 RedriveAllowPolicy lists sourceQueueArns if its redrivePermission is byQueue.',
    ],
    [
      'VisibilityTimeouts: 3',
      '5:7 AWS::SQS::Queue has no property «VisibilityTimeouts». Did you mean VisibilityTimeout?',
    ],
  ])('%s', (properties, finding) => {
    expect(findingsOf(queue(properties))).toContain(finding);
  });
});

describe('AWS::SQS::QueuePolicy', () => {
  const policy = (statement: string) => `${queue('QueueName: orders')}  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument: { Statement: [${statement}] }
`;

  it('is read, and a notice says that it is not enforced', () => {
    const right = "{ Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt Orders.Arn }";
    const { deployment, calls } = standing(policy(right));
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateQueue']);
    expect(deployment.notices).toEqual(['IAM not enforced: roles are parsed and validated only.']);
  });

  it('must name a principal and a resource', () => {
    expect(findingsOf(policy("{ Effect: Allow, Action: '*', Resource: '*' }"))).toEqual([
      '10:37 A policy statement needs Principal or NotPrincipal.',
    ]);
    expect(findingsOf(policy("{ Effect: Allow, Principal: '*', Action: '*' }"))).toEqual([
      '10:37 A policy statement needs Resource or NotResource.',
    ]);
  });
});
