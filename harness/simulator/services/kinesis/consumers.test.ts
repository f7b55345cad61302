/**
 * Consumers with enhanced fan-out: how they are registered, found and let go, and what a mapping reads from one.
 */

import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { distinct, everyClass, look } from '../../../grader/fixtures/small-lab.ts';
import { NOT_SIMULATED } from '../../contract/answer.ts';
import { SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { findingsOf, standing } from '../cloudformation/stack-for-tests.ts';
import { StreamsForTests, shardId } from './kinesis-for-tests.ts';

const StreamARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';
const C1 = { StreamARN, ConsumerName: 'c1' };
const CREATED = SETTINGS_FOR_TESTS.epochMs / 1_000;
const MAPPINGS = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:';
const reader = (name: string) => ({ arn: `${MAPPINGS}${name}`, alone: null });

function withConsumers(...names: readonly string[]): StreamsForTests {
  const streams = new StreamsForTests().withStream();
  for (const ConsumerName of names) streams.ask('RegisterStreamConsumer', { StreamARN, ConsumerName });
  return streams;
}

const arnOf = (streams: StreamsForTests, name: string) =>
  streams.state.streams.get('orders')?.consumers.get(name)?.arn ?? '';

describe('a consumer of a stream', () => {
  it('KI-17 is registered under a name, and has an ARN with the instant of that', () => {
    const streams = new StreamsForTests().withStream();
    streams.nowMs = 2_500;
    const ConsumerARN = `${StreamARN}/consumer/c1:${CREATED + 2}`;
    const described = { ConsumerName: 'c1', ConsumerARN, ConsumerCreationTimestamp: CREATED + 2.5 };
    expect(streams.ask('RegisterStreamConsumer', C1).Consumer).toEqual({ ...described, ConsumerStatus: 'CREATING' });
    for (const named of [C1, { ConsumerARN }])
      expect(streams.ask('DescribeStreamConsumer', named).ConsumerDescription).toEqual({
        ...{ ...described, ConsumerStatus: 'ACTIVE', StreamARN },
      });
    const { StreamDescriptionSummary } = streams.ask('DescribeStreamSummary', { StreamARN });
    expect(StreamDescriptionSummary).toMatchObject({ ConsumerCount: 1 });
  });

  it('KI-17 is one of twenty at most, each with a name of its own', () => {
    const streams = withConsumers(...Array.from({ length: 20 }, (_, n) => `c${n}`));
    expect(streams.errorOf('RegisterStreamConsumer', C1).code).toBe('ResourceInUseException');
    expect(streams.errorOf('RegisterStreamConsumer', { ...C1, ConsumerName: 'c20' }).code).toBe(
      'LimitExceededException',
    );
    expect(streams.errorOf('RegisterStreamConsumer', { ...C1, ConsumerName: 'c 1' }).code).toBe('ValidationException');
    expect(streams.errorOf('RegisterStreamConsumer', { ConsumerName: 'c' }).code).toBe('ValidationException');
    expect(streams.errorOf('RegisterStreamConsumer', { ...C1, StreamARN: `${StreamARN}s` }).code).toBe(
      'ResourceNotFoundException',
    );
  });

  it('KI-17 is listed by name, in pages', () => {
    const streams = withConsumers('c2', 'c1', 'c3');
    const page = (more: object) => streams.ask('ListStreamConsumers', { StreamARN, ...more });
    const names = (output: ReturnType<typeof page>) =>
      (output.Consumers as readonly { readonly ConsumerName: string }[]).map(({ ConsumerName }) => ConsumerName);
    const first = page({ MaxResults: 2 });
    expect(names(first)).toEqual(['c1', 'c2']);
    const second = page({ NextToken: first.NextToken });
    expect(names(second)).toEqual(['c3']);
    expect(second).not.toHaveProperty('NextToken');
    streams.nowMs = 300_001;
    expect(streams.errorOf('ListStreamConsumers', { StreamARN, NextToken: first.NextToken }).code).toBe(
      'ExpiredNextTokenException',
    );
  });

  it('KI-17 is deregistered, and then is not there', () => {
    const streams = withConsumers('c1', 'c2');
    const ConsumerARN = arnOf(streams, 'c1');
    streams.ask('DeregisterStreamConsumer', { ConsumerARN });
    for (const named of [C1, { ConsumerARN }])
      expect(streams.errorOf('DescribeStreamConsumer', named).code).toBe('ResourceNotFoundException');
    expect(streams.errorOf('DeregisterStreamConsumer', C1).code).toBe('ResourceNotFoundException');
    expect(streams.errorOf('DeregisterStreamConsumer', { StreamARN }).code).toBe('InvalidArgumentException');
    expect(streams.describe(ConsumerARN).is).toBeNull();
  });

  it('KI-17 keeps its stream from being deleted, unless the call says that it may go', () => {
    const streams = withConsumers('c1');
    expect(streams.errorOf('DeleteStream', { StreamARN }).code).toBe('ResourceInUseException');
    streams.ask('DeleteStream', { StreamARN, EnforceConsumerDeletion: true });
    expect(streams.ask('ListStreams', {}).StreamNames).toEqual([]);
  });

  it('refuses SubscribeToShard by name', () => {
    const streams = withConsumers('c1');
    expect(streams.errorOf('SubscribeToShard', { ConsumerARN: arnOf(streams, 'c1') }).code).toBe(NOT_SIMULATED);
  });

  it('is copied with its reader: a change is not visible in the copy', () => {
    const streams = withConsumers('c1');
    const copy = streams.service.copy(streams.state);
    streams.take(arnOf(streams, 'c1'), { kind: 'watch', reader: reader('*') });
    expect(copy.streams.get('orders')?.consumers.get('c1')?.reader).toBeNull();
  });
});

describe('a mapping of a consumer', () => {
  it('KI-18 KE-21 hears of records under the consumer’s ARN, beside the mappings of the stream', () => {
    const streams = withConsumers('c1', 'c2');
    streams.take(StreamARN, { kind: 'watch', reader: reader('of-stream') });
    streams.take(arnOf(streams, 'c1'), { kind: 'watch', reader: reader('of-consumer') });
    const { effects } = streams.call('PutRecord', { StreamName: 'orders', PartitionKey: 'a', Data: toUtf8('1') });
    expect(sentIn(effects, 'available').map(({ to, request }) => [to, request.source])).toEqual([
      [`${MAPPINGS}of-stream`, StreamARN],
      [`${MAPPINGS}of-consumer`, arnOf(streams, 'c1')],
    ]);
  });

  it('KI-18 KE-21 is handed every record, and what is left is news for it alone', () => {
    const streams = withConsumers('c1');
    const to = arnOf(streams, 'c1');
    streams.put('1');
    streams.put('2');
    streams.take(StreamARN, { kind: 'watch', reader: reader('of-stream') });
    streams.take(to, { kind: 'watch', reader: reader('of-consumer') });
    const poll = { kind: 'poll', mapping: `${MAPPINGS}m1`, lane: shardId(0), from: null, most: 1 } as const;
    const { effects } = streams.take(to, poll, null, 'mapping of f');
    expect(sentIn(effects, 'handed-out')[0]?.request.items).toHaveLength(1);
    expect(sentIn(effects, 'available').map((sent) => sent.to)).toEqual([`${MAPPINGS}of-consumer`]);
    expect(streams.describe(to).is).toMatchObject({ arn: to, isPushed: true, recordsArn: StreamARN });
    expect(streams.describe(StreamARN).is).not.toHaveProperty('isPushed');
  });

  it('KI-17 finds nothing when the consumer is gone, or another one has its name', () => {
    const streams = withConsumers('c1');
    const to = arnOf(streams, 'c1');
    streams.put('1');
    streams.ask('DeregisterStreamConsumer', C1);
    streams.nowMs = 5_000;
    streams.ask('RegisterStreamConsumer', C1);
    expect(streams.take(to, { kind: 'watch', reader: reader('*') }).effects).toEqual([]);
    const poll = { kind: 'poll', mapping: `${MAPPINGS}m1`, lane: shardId(0), from: null, most: 1 } as const;
    expect(sentIn(streams.take(to, poll).effects, 'handed-out')[0]?.request.items).toEqual([]);
  });
});

describe('AWS::Kinesis::StreamConsumer', () => {
  const TEMPLATE = `Resources:
  Orders: { Type: AWS::Kinesis::Stream, Properties: { Name: orders, ShardCount: 1 } }
  Audit:
    Type: AWS::Kinesis::StreamConsumer
    Properties: { ConsumerName: audit, StreamARN: !GetAtt Orders.Arn, Tags: [{ Key: a, Value: b }] }
Outputs:
  Ref: { Value: !Ref Audit }
  Arn: { Value: !GetAtt Audit.ConsumerARN }
  Stream: { Value: !GetAtt Audit.StreamARN }
`;

  it('KI-17 is registered with its stream, and Ref gives its ARN', () => {
    const { deployment, calls } = standing(TEMPLATE);
    const Stream = 'arn:aws:kinesis:eu-central-1:123456789012:stream/orders';
    const Arn = `${Stream}/consumer/audit:1767139200`;
    expect(deployment.outputs).toEqual({ Ref: Arn, Arn, Stream });
    expect(calls[1]).toMatchObject({
      operation: 'RegisterStreamConsumer',
      input: { StreamARN: Stream, ConsumerName: 'audit' },
    });
    expect(findingsOf(TEMPLATE.replace('!GetAtt Orders.Arn,', '!Ref Orders,'))).toEqual([
      expect.stringContaining("a Kinesis stream's ARN, such as !GetAtt Orders.Arn"),
    ]);
  });

  it('KE-21 lets two functions read one stream, each all of it and in order', async () => {
    const tell = (who: string) => `export const handler = async ({ Records }) => {
      const texts = Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString());
      await put('${who}', ((await get('${who}')) ?? '') + texts.join('') + Records[0].eventSourceARN.split('/').length);
    };`;
    const mapping = (name: string, source: string, of: string) => `  ${name}:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: ${source}, FunctionName: !Ref ${of}, StartingPosition: TRIM_HORIZON, BatchSize: 1 }
`;
    const runs = await everyClass({
      functions: { f: tell('f'), audit: tell('audit') },
      resources: `${TEMPLATE.replace('Resources:\n', '').replace(/Outputs:[\s\S]*/, '')}${mapping('One', '!GetAtt Orders.Arn', 'f')}${mapping('Other', '!Ref Audit', 'audit')}`,
      run: async (context) => {
        const order = (text: string) =>
          context.clients.kinesis.send(
            new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'a', Data: toUtf8(text) }),
          );
        await order('1');
        await order('2');
        await rest(context);
        return { f: await look(context, 'f'), audit: await look(context, 'audit') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ f: '1222', audit: '1222' }]);
  });
});
