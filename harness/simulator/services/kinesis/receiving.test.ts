/**
 * What an event bus hands to a stream: a record like any other.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { distinct, everyClass, look } from '../../../grader/fixtures/small-lab.ts';
import { ok } from '../../contract/answer.ts';
import { notesIn, replyIn } from '../../contract/service-for-tests.ts';
import { LOW_KEY, StreamsForTests, shardId } from './kinesis-for-tests.ts';

const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';

const delivering = (partitionKey: string, body = '{"n":1}') =>
  ({ kind: 'deliver', body, attributes: {}, partitionKey }) as const;

describe('a stream', () => {
  it('EB-28 takes what it is handed, by its partition key', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const { effects } = streams.take(ARN, delivering(LOW_KEY), 'attempt 1');
    expect(replyIn(effects)).toEqual(ok({ ShardId: shardId(0), SequenceNumber: expect.any(String) }));
    expect(notesIn(effects)).toMatchObject([{ kind: 'stream-record-put', partitionKey: LOW_KEY, data: '{"n":1}' }]);
    expect(streams.texts(streams.iterator())).toEqual(['{"n":1}']);
  });

  it('EB-28 refuses what a PutRecord would refuse', () => {
    const streams = new StreamsForTests().withStream();
    const errorOf = (arn: string, key: string) => replyIn(streams.take(arn, delivering(key), 'attempt 1').effects);
    expect(errorOf(ARN, 'k'.repeat(257))).toMatchObject({ ok: false, error: { code: 'ValidationException' } });
    expect(errorOf(`${ARN}x`, 'k')).toMatchObject({ ok: false, error: { code: 'ResourceNotFoundException' } });
    expect(streams.texts(streams.iterator())).toEqual([]);
  });
});

/** Two events on the bus, and a rule with a stream and a FIFO queue behind it, whose functions keep what they are told, in order. */
const RESOURCES = `  Records: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
  Messages: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 60 } }
  OnOrder:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets:
        - { Id: records, Arn: !GetAtt Records.Arn, InputPath: $.detail, KinesisParameters: { PartitionKeyPath: $.detail.order } }
        - { Id: messages, Arn: !GetAtt Messages.Arn, InputPath: $.detail, SqsParameters: { MessageGroupId: orders } }
  OfRecords:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Records.Arn, FunctionName: !Ref read, StartingPosition: TRIM_HORIZON, BatchSize: 1 }
  OfMessages:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Messages.Arn, FunctionName: !Ref receive, BatchSize: 1 }
`;
const SHOP = `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
export const handler = async () => {
  const Entries = [{ Source: 'shop', DetailType: 'order', Detail: '{"order":"o-7"}' }];
  await new EventBridgeClient({}).send(new PutEventsCommand({ Entries }));
};`;
const READ = `export const handler = async ({ Records: [{ kinesis }] }) => {
  await put('record', kinesis.partitionKey + ' ' + Buffer.from(kinesis.data, 'base64').toString());
};`;
const RECEIVE = `export const handler = async ({ Records: [{ body, attributes }] }) => {
  await put('message', attributes.MessageGroupId + ' ' + body);
};`;

describe('an event whose rule has a stream and a FIFO queue as its targets', () => {
  it('EB-28 reaches the functions behind them, in every order', async () => {
    const runs = await everyClass({
      functions: { shop: SHOP, read: READ, receive: RECEIVE },
      resources: RESOURCES,
      run: async (context) => {
        await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'shop' }));
        await rest(context);
        return { record: await look(context, 'record'), message: await look(context, 'message') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { record: 'o-7 {"order":"o-7"}', message: 'orders {"order":"o-7"}' },
    ]);
  });
});
