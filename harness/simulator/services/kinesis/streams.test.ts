/**
 * Streams as a whole: how they are named, created, described and deleted, how long they keep records, their tags.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { NOT_SIMULATED } from '../../contract/answer.ts';
import { SETTINGS_FOR_TESTS } from '../../contract/service-for-tests.ts';
import { aRecord, HIGH_KEY, LOW_KEY, StreamsForTests } from './kinesis-for-tests.ts';

const NAME = { StreamName: 'orders' };
const StreamARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';
const HOUR_MS = 3_600_000;

describe('a stream', () => {
  it('KI-12 is described by its name, or its ARN', () => {
    const streams = new StreamsForTests();
    streams.nowMs = 1_500;
    streams.withStream('orders', 3);
    const summary = {
      StreamName: 'orders',
      StreamARN,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: SETTINGS_FOR_TESTS.epochMs / 1_000 + 1.5,
      EncryptionType: 'NONE',
    };
    for (const input of [NAME, { StreamARN }, { ...NAME, StreamARN }]) {
      const { StreamDescriptionSummary } = streams.ask('DescribeStreamSummary', input);
      expect(StreamDescriptionSummary).toMatchObject({ ...summary, OpenShardCount: 3, ConsumerCount: 0 });
    }
    expect(streams.ask('DescribeStream', NAME).StreamDescription).toMatchObject({ ...summary, HasMoreShards: false });
  });

  it('KI-12 can’t be created twice', () => {
    const streams = new StreamsForTests().withStream();
    expect(streams.errorOf('CreateStream', { ...NAME, ShardCount: 1 })).toMatchObject({
      code: 'ResourceInUseException',
      message: 'Stream orders under account 123456789012 already exists.',
      status: 400,
    });
  });

  it('KI-12 that is not there is named', () => {
    const streams = new StreamsForTests();
    for (const [operation, input] of [
      ['DescribeStream', NAME],
      ['PutRecord', { ...NAME, ...aRecord('1') }],
      ['ListShards', { StreamARN }],
    ] as const) {
      expect(streams.errorOf(operation, input)).toMatchObject({
        code: 'ResourceNotFoundException',
        message: 'Stream orders under account 123456789012 not found.',
      });
    }
  });

  it('KI-12 has a name of 1 to 128 letters, digits, and _ . -', () => {
    const streams = new StreamsForTests();
    const errorFor = (StreamName?: string) => streams.refusalOf('CreateStream', { StreamName, ShardCount: 1 });
    expect(errorFor('a.B_c-1')).toBeNull();
    expect(errorFor('x'.repeat(129))?.message).toMatch(/length less than or equal to 128$/);
    expect(errorFor('a b')?.message).toBe(
      "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    );
    expect(errorFor()?.message).toMatch(/Value null at 'streamName'/);
  });

  it('KI-12 is not found by a name and an ARN that disagree, nor by neither', () => {
    const streams = new StreamsForTests().withStream();
    const codeFor = (input: Input) => streams.errorOf('DescribeStreamSummary', input).code;
    expect(codeFor({ StreamName: 'other', StreamARN })).toBe('InvalidArgumentException');
    expect(codeFor({})).toBe('InvalidArgumentException');
    expect(codeFor({ StreamARN: 'arn:aws:sqs:us-east-1:123456789012:orders' })).toBe('ValidationException');
  });

  it('KI-12 that is provisioned says how many shards it has', () => {
    const streams = new StreamsForTests();
    expect(streams.errorOf('CreateStream', NAME).message).toMatch(/Value null at 'shardCount'/);
    expect(streams.errorOf('CreateStream', { ...NAME, ShardCount: 0 }).message).toMatch(/greater than or equal to 1$/);
  });

  it('KI-12 is gone when it was deleted, with its records, and its name is free', () => {
    const streams = new StreamsForTests().withStream();
    const { SequenceNumber: before } = streams.put('1');
    streams.ask('DeleteStream', { StreamARN, EnforceConsumerDeletion: true });
    expect(streams.ask('ListStreams', {}).StreamNames).toEqual([]);
    streams.withStream();
    expect(streams.texts(streams.iterator())).toEqual([]);
    expect(streams.put('2').SequenceNumber).not.toBe(before);
  });

  it('KI-11 on demand begins with four shards', () => {
    const streams = new StreamsForTests();
    streams.ask('CreateStream', { ...NAME, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    expect(streams.shards()).toHaveLength(4);
    expect(streams.ask('DescribeStreamSummary', NAME).StreamDescriptionSummary).toMatchObject({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
  });

  it('KI-11 on demand leaves its number of shards to AWS', () => {
    const streams = new StreamsForTests();
    const input = { ...NAME, ShardCount: 2, StreamModeDetails: { StreamMode: 'ON_DEMAND' } };
    expect(streams.errorOf('CreateStream', input).code).toBe('InvalidArgumentException');
  });

  it('KI-13 on demand is not resharded by its owner', () => {
    const streams = new StreamsForTests();
    streams.ask('CreateStream', { ...NAME, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    const [first, second] = streams.shards().map(({ ShardId }) => ShardId);
    for (const [operation, input] of [
      ['SplitShard', { ShardToSplit: first, NewStartingHashKey: '1000' }],
      ['MergeShards', { ShardToMerge: first, AdjacentShardToMerge: second }],
      ['UpdateShardCount', { TargetShardCount: 8, ScalingType: 'UNIFORM_SCALING' }],
    ] as const)
      expect(streams.errorOf(operation, { ...NAME, ...input })).toMatchObject({
        code: 'ValidationException',
        message: 'Request is invalid. Stream orders under account 123456789012 is in On-Demand mode.',
      });
  });
});

describe('ListStreams', () => {
  it('KI-12 names streams in the order of their names, in pages', () => {
    const streams = new StreamsForTests();
    for (const name of ['c', 'a', 'b']) streams.withStream(name);
    expect(streams.ask('ListStreams', {})).toMatchObject({
      StreamNames: ['a', 'b', 'c'],
      HasMoreStreams: false,
      StreamSummaries: [{ StreamName: 'a', StreamStatus: 'ACTIVE' }, {}, {}],
    });
    const first = streams.ask('ListStreams', { Limit: 2 });
    expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true });
    expect(streams.ask('ListStreams', { NextToken: first.NextToken })).toMatchObject({ StreamNames: ['c'] });
    expect(streams.ask('ListStreams', { ExclusiveStartStreamName: 'a' }).StreamNames).toEqual(['b', 'c']);
  });
});

describe('retention', () => {
  it('KI-10 is 24 hours: then a record is gone', () => {
    const streams = new StreamsForTests().withStream();
    streams.put('1');
    streams.nowMs = 24 * HOUR_MS - 1;
    streams.put('2');
    expect(streams.texts(streams.iterator())).toEqual(['1', '2']);
    streams.nowMs += 1;
    expect(streams.texts(streams.iterator())).toEqual(['2']);
    streams.put('3');
    expect(streams.texts(streams.iterator())).toEqual(['2', '3']);
    streams.nowMs += 48 * HOUR_MS;
    expect(streams.get(streams.iterator())).toMatchObject({ Records: [], MillisBehindLatest: 0 });
  });

  it('KI-10 may be up to 8,760 hours, and what has expired by then does not come back', () => {
    const streams = new StreamsForTests().withStream();
    streams.put('1');
    streams.nowMs = HOUR_MS;
    streams.put('2');
    streams.nowMs = 24 * HOUR_MS;
    streams.ask('IncreaseStreamRetentionPeriod', { ...NAME, RetentionPeriodHours: 8_760 });
    expect(streams.texts(streams.iterator())).toEqual(['2']);
    streams.nowMs = 8_760 * HOUR_MS;
    expect(streams.texts(streams.iterator())).toEqual(['2']);
    streams.ask('DecreaseStreamRetentionPeriod', { StreamARN, RetentionPeriodHours: 24 });
    streams.ask('IncreaseStreamRetentionPeriod', { StreamARN, RetentionPeriodHours: 8_760 });
    expect(streams.texts(streams.iterator())).toEqual([]);
  });

  it('KI-10 is refused in AWS’s words', () => {
    const streams = new StreamsForTests().withStream();
    const errorFor = (operation: string, RetentionPeriodHours: number) =>
      streams.errorOf(operation, { ...NAME, RetentionPeriodHours });
    expect(errorFor('IncreaseStreamRetentionPeriod', 23)).toMatchObject({
      code: 'InvalidArgumentException',
      message: 'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
    });
    expect(errorFor('IncreaseStreamRetentionPeriod', 8_761).message).toMatch(/^Maximum allowed .* 8760 hours\. /);
    expect(errorFor('DecreaseStreamRetentionPeriod', 25).message).toBe(
      'Requested retention period (25 hours) for stream orders can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod API.',
    );
    streams.ask('IncreaseStreamRetentionPeriod', { ...NAME, RetentionPeriodHours: 48 });
    expect(errorFor('IncreaseStreamRetentionPeriod', 24).message).toMatch(/can not be shorter than .* \(48 hours\)/);
  });
});

describe('tags', () => {
  const tagsOf = (streams: StreamsForTests, more: Input = {}) => streams.ask('ListTagsForStream', { ...NAME, ...more });

  it('KI-14 are kept by key, replaced and removed', () => {
    const streams = new StreamsForTests().withStream('orders', 1, { Tags: { team: 'shop' } });
    streams.ask('AddTagsToStream', { ...NAME, Tags: { team: 'till', env: 'test' } });
    expect(tagsOf(streams)).toEqual({
      Tags: [
        { Key: 'env', Value: 'test' },
        { Key: 'team', Value: 'till' },
      ],
      HasMoreTags: false,
    });
    expect(tagsOf(streams, { Limit: 1 })).toMatchObject({ Tags: [{ Key: 'env' }], HasMoreTags: true });
    expect(tagsOf(streams, { ExclusiveStartTagKey: 'env' })).toMatchObject({ Tags: [{ Key: 'team' }] });
    streams.ask('RemoveTagsFromStream', { ...NAME, TagKeys: ['team', 'gone'] });
    expect(tagsOf(streams).Tags).toHaveLength(1);
  });

  it('KI-14 are at most 50, of certain characters', () => {
    const streams = new StreamsForTests().withStream();
    const tags = (count: number, from = 0) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag${n + from}`, 'x']));
    streams.ask('AddTagsToStream', { ...NAME, Tags: tags(50) });
    streams.ask('AddTagsToStream', { ...NAME, Tags: tags(50) });
    expect(streams.errorOf('AddTagsToStream', { ...NAME, Tags: tags(1, 50) })).toMatchObject({
      code: 'InvalidArgumentException',
      message:
        'Failed to add tags to stream orders under account 123456789012 because a given stream cannot have more than 50 tags associated with it.',
    });
    expect(streams.errorOf('AddTagsToStream', { ...NAME, Tags: { 'a*': 'b' } }).message).toMatch(/invalid characters/);
  });
});

describe('what is not simulated', () => {
  it.each([
    ['SubscribeToShard', {}],
    ['SubscribeToShard', {}],
    ['UpdateStreamMode', {}],
    ['PutRecord', { ...NAME, ...aRecord('1'), DryRun: true }],
    ['PutRecords', { ...NAME, Records: [{ ...aRecord('1'), Color: 'red' }] }],
    ['CreateStream', { StreamName: 'more', ShardCount: 1, RecordDistributionStrategy: 'AUTO' }],
    ['GetRecords', { ShardIterator: 'x', StreamId: '1' }],
  ])('is refused by name: %s', (operation, input) => {
    const streams = new StreamsForTests().withStream();
    expect(streams.errorOf(operation, input).code).toBe(NOT_SIMULATED);
  });
});

describe('a copy', () => {
  it('has its own records and shards', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    streams.put('1', HIGH_KEY);
    const { state } = streams;
    streams.state = streams.service.copy(state);
    streams.put('2', LOW_KEY);
    streams.ask('UpdateShardCount', { ...NAME, TargetShardCount: 4, ScalingType: 'UNIFORM_SCALING' });
    streams.state = state;
    expect(streams.shards()).toHaveLength(2);
    expect(streams.texts(streams.iterator('TRIM_HORIZON', 0))).toEqual([]);
  });
});
