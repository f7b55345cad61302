/**
 * Who is told of records of a stream that were given up: queues and topics, and nobody else.
 *
 * When records are given up, and what a letter says, stands in stream-batches.test.ts.
 */

import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { left, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import { distinct, eventsOf, everyClass, look } from '../../../grader/fixtures/small-lab.ts';
import { NOT_SIMULATED, ok } from '../../contract/answer.ts';
import { notesIn, sentIn } from '../../contract/service-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import {
  batchIn,
  DEAD_ARN,
  FAILED,
  FUNCTION_ARN,
  STREAM_ARN,
  StreamMappings,
  TOLD_TOPIC_ARN,
  waitIn,
} from './mappings-for-tests.ts';

const toldTo = (Destination: string) => ({ DestinationConfig: { OnFailure: { Destination } } });

/** The letters about two records that fail one after the other, and the answers of who gets them. */
function lettersTo(arn: string) {
  const mappings = new StreamMappings();
  mappings.create({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, ...toldTo(arn) });
  mappings.put('a', 'a1', 'a2');
  const batch = batchIn(mappings.poll());
  mappings.comes(waitIn(mappings.answered(batch, FAILED)));
  const both = [mappings.answered(batch, FAILED), mappings.answered(batch, FAILED)];
  return { mappings, both, letters: both.flatMap((effects) => sentIn(effects, 'deliver')) };
}

describe('a destination of a mapping of a stream', () => {
  it('KE-19 may be a topic, which is told what a queue is told, each time in a message of its own', () => {
    const { mappings, both, letters } = lettersTo(TOLD_TOPIC_ARN);
    expect(notesIn(both.flat())).toMatchObject([{ sentTo: 'told' }, { sentTo: 'told' }]);
    expect(letters).toHaveLength(2);
    const toQueue = lettersTo(DEAD_ARN).letters;
    expect(letters.map(({ to, request }) => [to, request])).toEqual(
      toQueue.map(({ request }) => [TOLD_TOPIC_ARN, request]),
    );
    const [first, second] = letters.map(({ call }) => call ?? expect.fail('the topic can’t answer'));
    expect(first).not.toBe(second);
    expect(mappings.answered(first ?? '', ok({ MessageId: 'm' }))).toEqual([]);
  });

  it('KE-21 is told of the stream whose consumer is read', () => {
    const mappings = new StreamMappings();
    mappings.describeSource({ recordsArn: `${STREAM_ARN}-behind` });
    mappings.create({ MaximumRetryAttempts: 0, ...toldTo(DEAD_ARN) });
    mappings.put('a', 'a1');
    const [letter] = sentIn(mappings.answered(batchIn(mappings.poll()), FAILED), 'deliver');
    expect(JSON.parse(letter?.request.body ?? '')).toMatchObject({
      TestBatchInfo: { streamArn: `${STREAM_ARN}-behind` },
    });
  });

  it('KE-19 is described as it was given', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create(toldTo(TOLD_TOPIC_ARN));
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject(toldTo(TOLD_TOPIC_ARN));
  });

  it.each([`${DEAD_ARN}.fifo`, `${TOLD_TOPIC_ARN}.fifo`, FUNCTION_ARN])('KE-19 is not %s: AWS refuses that', (arn) => {
    const mappings = new StreamMappings();
    for (const one of [DEAD_ARN, TOLD_TOPIC_ARN]) {
      const is = mappings.described.get(one)?.is ?? null;
      mappings.described.set(`${one}.fifo`, { is });
    }
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST', ...toldTo(arn) };
    expect(mappings.errorOf('CreateEventSourceMapping', input)).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `The destination ARN ${arn} is invalid.`,
    });
  });

  it.each([
    ['arn:aws:s3:::letters', 'The on-failure destination «arn:aws:s3:::letters», a bucket,'],
    ['kafka://letters', 'The on-failure destination «kafka://letters», a Kafka topic,'],
    [`${DEAD_ARN}s`, 'which is no queue or topic of this account,'],
  ])('KE-19 is not %s: that is refused by name', (arn, words) => {
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST', ...toldTo(arn) };
    const error = new StreamMappings().errorOf('CreateEventSourceMapping', input);
    expect(error.code).toBe(NOT_SIMULATED);
    expect(error.message).toContain(words);
  });
});

describe('a topic that is told of what is given up', () => {
  const RESOURCES = `  Orders:
    Type: AWS::Kinesis::Stream
    Properties: { Name: orders, ShardCount: 1 }
  Alarms: { Type: AWS::SNS::Topic }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead }
  May:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Dead]
      PolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: '*' }] }
  ToDead:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Alarms, Protocol: sqs, Endpoint: !GetAtt Dead.Arn, RawMessageDelivery: true }
  ToAlarm:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Alarms, Protocol: lambda, Endpoint: !GetAtt alarm.Arn }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref f
      StartingPosition: TRIM_HORIZON
      MaximumRetryAttempts: 1
      DestinationConfig: { OnFailure: { Destination: !Ref Alarms } }
`;
  const ALARM = `export const handler = async (event) => {
    const { requestContext, KinesisBatchInfo } = JSON.parse(event.Records[0].Sns.Message);
    await put('alarm', requestContext.condition + ' ' + KinesisBatchInfo.batchSize);
  };`;

  it('KE-19 tells each of its subscribers', async () => {
    const runs = await everyClass({
      functions: { f: "export const handler = async () => { throw new Error('poison'); };", alarm: ALARM },
      resources: RESOURCES,
      run: async (context) => {
        const Records = ['1', '2'].map((text) => ({ PartitionKey: 'a', Data: toUtf8(text) }));
        await context.clients.kinesis.send(new PutRecordsCommand({ StreamName: 'orders', Records }));
        await rest(context);
        return { alarm: await look(context, 'alarm'), dead: await left(context, 'dead') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ alarm: 'RetryAttemptsExhausted 2', dead: 1 }]);
    const bodies = runs.flatMap((run) => eventsOf(run, 'message-sent').map(({ body }) => JSON.parse(body)));
    expect(bodies[0]).toMatchObject({ KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 2 } });
    for (const run of runs) expect(told(run)).toContain('The mapping of f gave up 2 records');
  });
});
