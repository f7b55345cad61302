/**
 * Event source mappings in templates: each rule with line and column, and the call.
 */

import { describe, expect, it } from 'vitest';
import { fail } from '../../contract/answer.ts';
import { deployed, findingsOf, lambda, QUEUE, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

/** A mapping whose further properties begin in line 5, column 7. */
const mapping = (properties = '') => `Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
${properties === '' ? '' : `      ${properties}\n`}      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Bump
${QUEUE}${lambda('Bump', 'FunctionName: bump')}${ROLE}`;

describe('AWS::Lambda::EventSourceMapping', () => {
  it('is created after its queue and its function, with the settings of the template', () => {
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
      '5:7 ParallelizationFactor is for streams, and AWS refuses it for a queue: remove it.',
    ],
    [
      'ProvisionedPollerConfig: { MinimumPollers: 2 }',
      '5:7 ProvisionedPollerConfig is not simulated. Provisioned pollers are not part of the simulator: remove it.',
    ],
    [
      'DestinationConfig: { OnFailure: { Destination: !GetAtt Orders.Arn } }',
      '5:7 DestinationConfig is for streams, and AWS refuses it for a queue: give the queue a RedrivePolicy with a dead-letter queue instead.',
    ],
  ])('%s is refused', (properties, finding) => {
    expect(findingsOf(mapping(properties))).toEqual([finding]);
  });

  /** A mapping of a stream whose further properties begin in line 5, column 7. */
  const ofStream = (properties: string) =>
    `${mapping(properties).replace('EventSourceArn: !GetAtt Orders.Arn', 'EventSourceArn: !GetAtt Clicks.Arn')}  Clicks:
    Type: AWS::Kinesis::Stream
    Properties: { Name: clicks, ShardCount: 1 }
`;

  it('KE-03 KE-04 KE-06 KE-08 KE-12 is created for a stream, with what streams have', () => {
    const settings = [
      ...['StartingPosition: LATEST', 'ParallelizationFactor: 2', 'BatchSize: 100', 'MaximumRetryAttempts: 3'],
      ...['MaximumRecordAgeInSeconds: 60', 'BisectBatchOnFunctionError: true'],
      'DestinationConfig: { OnFailure: { Destination: !GetAtt Orders.Arn } }',
    ];
    const { calls } = standing(ofStream(settings.join('\n      ')));
    expect(calls.at(-1)).toMatchObject({
      operation: 'CreateEventSourceMapping',
      input: {
        EventSourceArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks',
        ...{ StartingPosition: 'LATEST', ParallelizationFactor: 2, BatchSize: 100, MaximumRetryAttempts: 3 },
        ...{ MaximumRecordAgeInSeconds: 60, BisectBatchOnFunctionError: true },
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:orders' } },
      },
    });
  });

  it('KE-16 has tumbling windows of up to 900 seconds', () => {
    const template = ofStream('StartingPosition: LATEST\n      TumblingWindowInSeconds: 900');
    expect(standing(template).calls.at(-1)).toMatchObject({ input: { TumblingWindowInSeconds: 900 } });
    expect(findingsOf(template.replace('900', '901'))).toEqual([expect.stringContaining('from 0 to 900')]);
  });

  it('KE-20 begins at an instant of a stream, and at none of a table', () => {
    const template = ofStream('StartingPosition: AT_TIMESTAMP\n      StartingPositionTimestamp: 1767225600');
    expect(standing(template).calls.at(-1)).toMatchObject({
      input: { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_767_225_600 },
    });
    const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/clicks/stream/2026-01-01T00:00:00.000';
    expect(findingsOf(template.replace('!GetAtt Clicks.Arn', table))).toEqual([
      expect.stringContaining("AWS begins at an instant in no table's stream: use TRIM_HORIZON or LATEST."),
    ]);
  });

  it('KE-19 tells a topic, which its Ref names', () => {
    const template = `${ofStream(
      'StartingPosition: LATEST\n      DestinationConfig: { OnFailure: { Destination: !Ref Alarms } }',
    )}  Alarms: { Type: AWS::SNS::Topic, Properties: { TopicName: alarms } }\n`;
    expect(standing(template).calls.at(-1)).toMatchObject({
      input: { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:eu-central-1:123456789012:alarms' } } },
    });
  });

  it.each([
    ['BatchSize: 5', 'A mapping of a stream needs a StartingPosition: TRIM_HORIZON or LATEST.'],
    [
      'StartingPosition: AT_TIMESTAMP',
      'AT_TIMESTAMP needs a StartingPositionTimestamp, in seconds of Unix time. Add one.',
    ],
    [
      'StartingPosition: LATEST\n      StartingPositionTimestamp: 1767225600',
      'A StartingPositionTimestamp is for AT_TIMESTAMP only: remove it.',
    ],
    [
      'StartingPosition: LATEST\n      ScalingConfig: { MaximumConcurrency: 2 }',
      'ScalingConfig is for queues, and AWS refuses it for a stream: remove it.',
    ],
    [
      'StartingPosition: LATEST\n      MaximumRecordAgeInSeconds: 59',
      'A MaximumRecordAgeInSeconds is -1, which means any age, or at least 60.',
    ],
    [
      'StartingPosition: LATEST\n      TumblingWindowInSeconds: 5\n      ParallelizationFactor: 2',
      'Tumbling windows go with one batch of a shard at a time here: remove it.',
    ],
    ['StartingPosition: LATEST\n      ParallelizationFactor: 11', 'from 1 to 10'],
    [
      'StartingPosition: LATEST\n      DestinationConfig: { OnFailure: { Destination: arn:aws:s3:::letters } }',
      'There are no buckets here: name a standard queue or topic.',
    ],
    [
      'StartingPosition: LATEST\n      DestinationConfig: { OnFailure: { Destination: kafka://letters } }',
      'There is no Kafka here: name a standard queue or topic.',
    ],
    [
      `StartingPosition: LATEST\n      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:eu-central-1:123456789012:a.fifo' } }`,
      'the ARN of a standard queue or topic',
    ],
  ])('of a stream, %s is refused', (properties, words) => {
    expect(findingsOf(ofStream(properties))).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['arn:aws:dynamodb:eu-central-1:123456789012:table/clicks/stream/2026-01-01T00:00:00.000', []],
    [
      'arn:aws:dynamodb:eu-central-1:123456789012:table/clicks',
      [expect.stringContaining('such as !GetAtt Orders.StreamArn')],
    ],
  ])('reads the stream of a table and no table: %s', (arn, findings) => {
    const settings = ['StartingPosition: LATEST', 'ParallelizationFactor: 2', 'BisectBatchOnFunctionError: true'];
    const template = ofStream(settings.join('\n      '));
    expect(findingsOf(template.replace('!GetAtt Clicks.Arn', arn))).toEqual(findings);
  });

  it('reports AWS’s refusal at its line', () => {
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
