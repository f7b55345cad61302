/**
 * Event source mappings, dead-letter queues and settings of events in templates: each rule with line and column, and the calls.
 */

import { describe, expect, it } from 'vitest';
import { fail } from '../../../contract/answer.ts';
import { deployed, findingsOf, lambda, ROLE, standing } from '../stack-for-tests.ts';

const QUEUE = `  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders }
`;

/** A mapping whose further properties begin in line 5, column 7. */
const mapping = (properties = '') => `Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
${properties === '' ? '' : `      ${properties}\n`}      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Bump
${QUEUE}${lambda('Bump', 'FunctionName: bump')}${ROLE}`;

/** Settings of events, whose further properties begin in line 5, column 7. */
const settings = (properties: string) => `Resources:
  Settings:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      ${properties}
      FunctionName: !Ref Bump
      Qualifier: $LATEST
${QUEUE}${lambda('Bump', 'FunctionName: bump')}${ROLE}`;

describe('AWS::Lambda::EventSourceMapping', () => {
  it('is made after its queue and its function, with what the template says', () => {
    const { calls, deployment } = standing(
      mapping(
        'BatchSize: 5\n      FunctionResponseTypes: [ReportBatchItemFailures]\n      ScalingConfig: { MaximumConcurrency: 2 }',
      ),
    );
    expect(calls.map(({ operation }) => operation)).toEqual([
      'CreateQueue',
      'CreateFunction',
      'CreateEventSourceMapping',
    ]);
    const { physicalId } = deployment.resources.find(({ logicalId }) => logicalId === 'Mapping') ?? {};
    expect(calls.at(-1)?.input).toEqual({
      EventSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:orders',
      FunctionName: 'bump',
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      DeployedUuid: physicalId,
    });
    expect(physicalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['BatchSize: 0', '5:18 BatchSize must be a whole number from 1 to 10000, not «0».'],
    ['BatchSize: 11', '5:7 A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.'],
    [
      'MaximumBatchingWindowInSeconds: 301',
      '5:39 MaximumBatchingWindowInSeconds must be a whole number from 0 to 300, not «301».',
    ],
    [
      'ScalingConfig: { MaximumConcurrency: 1 }',
      '5:44 MaximumConcurrency must be a whole number from 2 to 1000, not «1».',
    ],
    [
      'FunctionResponseTypes: [ReportBatchFailures]',
      '5:31 FunctionResponseTypes must be ReportBatchItemFailures, not «ReportBatchFailures». Did you mean ReportBatchItemFailures?',
    ],
    [
      'ParallelizationFactor: 2',
      '5:7 ParallelizationFactor is not simulated. It is for streams, and AWS refuses it for a queue: remove it.',
    ],
    [
      'ProvisionedPollerConfig: { MinimumPollers: 2 }',
      '5:7 ProvisionedPollerConfig is not simulated. Provisioned pollers are not part of the simulator: remove it.',
    ],
    [
      'DestinationConfig: { OnFailure: { Destination: x } }',
      '5:7 DestinationConfig is not simulated. AWS refuses it for a queue: give the queue a RedrivePolicy with a dead-letter queue instead.',
    ],
  ])('%s is refused', (properties, finding) => {
    expect(findingsOf(mapping(properties))).toEqual([finding]);
  });

  it('says where AWS says no', () => {
    const words = 'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds';
    const { result } = deployed(mapping(), {
      answer: ({ operation }) =>
        operation === 'CreateEventSourceMapping'
          ? fail('InvalidParameterValueException', words)
          : { ok: true, output: {} },
    });
    expect(result).toMatchObject({
      ok: false,
      findings: [{ line: 5, message: `The resource Mapping cannot be made. Lambda says: ${words}` }],
    });
  });
});

describe('AWS::Lambda::EventInvokeConfig', () => {
  it('LA-06 sets retries, age and destinations', () => {
    const { calls } = standing(
      settings('MaximumRetryAttempts: 0\n      DestinationConfig: { OnFailure: { Destination: !GetAtt Orders.Arn } }'),
    );
    expect(calls.at(-1)).toEqual({
      service: 'Lambda',
      operation: 'PutFunctionEventInvokeConfig',
      input: {
        FunctionName: 'bump',
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:orders' } },
      },
    });
  });

  it.each([
    ['MaximumRetryAttempts: 3', '5:29 MaximumRetryAttempts must be a whole number from 0 to 2, not «3».'],
    [
      'MaximumEventAgeInSeconds: 59',
      '5:33 MaximumEventAgeInSeconds must be a whole number from 60 to 21600, not «59».',
    ],
    [
      'DestinationConfig: { OnSuccess: { Destination: arn:aws:sns:eu-central-1:123456789012:t } }',
      '5:54 Destination must be the ARN of a standard queue or a function, such as !GetAtt Failed.Arn, not «arn:aws:sns:eu-central-1:123456789012:t».',
    ],
  ])('%s is refused', (properties, finding) => {
    expect(findingsOf(settings(properties))).toEqual([finding]);
  });
});

describe('DeadLetterConfig of AWS::Lambda::Function', () => {
  it('LA-12 names a standard queue', () => {
    const properties = 'DeadLetterConfig: { TargetArn: !GetAtt Orders.Arn }';
    const { calls } = standing(`Resources:\n${lambda('Bump', properties)}${QUEUE}${ROLE}`);
    expect(calls.find(({ operation }) => operation === 'CreateFunction')?.input.DeadLetterConfig).toEqual({
      TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:orders',
    });
  });

  it('LA-12 a topic is refused', () => {
    const topic = 'DeadLetterConfig: { TargetArn: arn:aws:sns:eu-central-1:123456789012:t }';
    expect(findingsOf(`Resources:\n${lambda('Bump', topic)}${ROLE}`)).toEqual([
      "9:38 TargetArn must be a standard queue's ARN, such as !GetAtt Failed.Arn; topics are not simulated, not «arn:aws:sns:eu-central-1:123456789012:t».",
    ]);
  });
});
