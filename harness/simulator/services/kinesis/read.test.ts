/**
 * Reads: where an iterator begins, how long it lives, and what one read gives.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { SETTINGS_FOR_TESTS } from '../../contract/service-for-tests.ts';
import { conflict } from '../../kernel/footprint.ts';
import { aRecord, HIGH_KEY, LOW_KEY, StreamsForTests, shardId, textsIn } from './kinesis-for-tests.ts';

const ONE_MIB = 1_048_576;
const NAME = { StreamName: 'orders' };
const { epochMs } = SETTINGS_FOR_TESTS;

/** A stream with the records 1, 2, 3, a second apart from each other. */
function withThree(): { readonly streams: StreamsForTests; readonly numbers: readonly string[] } {
  const streams = new StreamsForTests().withStream();
  const numbers = ['1', '2', '3'].map((text, place) => {
    streams.nowMs = place * 1_000;
    return streams.put(text).SequenceNumber;
  });
  return { streams, numbers };
}

describe('an iterator', () => {
  it('KI-08 begins at the oldest record, or behind the newest', () => {
    const { streams } = withThree();
    const latest = streams.iterator('LATEST');
    streams.put('4');
    expect(streams.texts(streams.iterator())).toEqual(['1', '2', '3', '4']);
    expect(streams.texts(latest)).toEqual(['4']);
  });

  it('KI-08 begins at a sequence number, or behind it', () => {
    const { streams, numbers } = withThree();
    const from = (type: string) => streams.texts(streams.iterator(type, 0, { StartingSequenceNumber: numbers[1] }));
    expect(from('AT_SEQUENCE_NUMBER')).toEqual(['2', '3']);
    expect(from('AFTER_SEQUENCE_NUMBER')).toEqual(['3']);
  });

  it('KI-08 begins where the shard does, at its StartingSequenceNumber', () => {
    const { streams } = withThree();
    const { StartingSequenceNumber } = streams.shards()[0]?.SequenceNumberRange ?? expect.fail('no shard');
    expect(streams.texts(streams.iterator('AT_SEQUENCE_NUMBER', 0, { StartingSequenceNumber }))).toHaveLength(3);
  });

  it('KI-08 begins at an instant that is not in the future', () => {
    const { streams } = withThree();
    const at = (ms: number) => streams.iterator('AT_TIMESTAMP', 0, { Timestamp: new Date(epochMs + ms) });
    expect(streams.texts(at(1_000))).toEqual(['2', '3']);
    expect(streams.texts(at(1_001))).toEqual(['3']);
    expect(streams.texts(at(-5_000))).toEqual(['1', '2', '3']);
    const input = {
      ...NAME,
      ShardId: shardId(0),
      ShardIteratorType: 'AT_TIMESTAMP',
      Timestamp: new Date(epochMs + 2_001),
    };
    expect(streams.errorOf('GetShardIterator', input)).toMatchObject({
      code: 'InvalidArgumentException',
      message: `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${epochMs + 2_001}, currentTimestampInMillis: ${epochMs + 2_000}`,
    });
  });

  it('KI-08 takes a timestamp in seconds, as it is on the wire', () => {
    const { streams } = withThree();
    const Timestamp = (epochMs + 2_000) / 1_000;
    expect(streams.texts(streams.iterator('AT_TIMESTAMP', 0, { Timestamp }))).toEqual(['3']);
  });

  it('KI-08 is valid for five minutes', () => {
    const { streams } = withThree();
    const iterator = streams.iterator();
    streams.nowMs += 300_000;
    expect(streams.texts(iterator)).toHaveLength(3);
    streams.nowMs += 1;
    expect(streams.errorOf('GetRecords', { ShardIterator: iterator })).toEqual({
      code: 'ExpiredIteratorException',
      message:
        'Iterator expired. The iterator was created at time Thu Jan 01 00:00:02 UTC 2026 while right now it is Thu Jan 01 00:05:02 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
      status: 400,
    });
  });

  it('KI-08 is refused with what does not fit together', () => {
    const { streams, numbers } = withThree();
    const errorFor = (ShardIteratorType: string, more: Input = {}, ShardId = shardId(0)) =>
      streams.errorOf('GetShardIterator', { ...NAME, ShardId, ShardIteratorType, ...more });
    const must =
      'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified';
    expect(errorFor('LATEST', { StartingSequenceNumber: numbers[0] }).message).toBe(
      `${must} LATEST and also a StartingSequenceNumber.`,
    );
    expect(errorFor('AT_SEQUENCE_NUMBER').message).toBe(`${must} AT_SEQUENCE_NUMBER and no StartingSequenceNumber.`);
    expect(errorFor('AT_TIMESTAMP').code).toBe('InvalidArgumentException');
    expect(errorFor('NEWEST').message).toMatch(/'NEWEST' at 'shardIteratorType' failed .* enum value set: \[AT_SEQ/);
    expect(errorFor('LATEST', {}, shardId(1))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Shard ${shardId(1)} in stream orders under account 123456789012 does not exist`,
    });
  });

  it('KI-08 is refused with a sequence number that is not of its shard', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const { SequenceNumber } = streams.put('1', HIGH_KEY);
    const errorFor = (StartingSequenceNumber: string, shard: number) =>
      streams.errorOf('GetShardIterator', {
        ...{ ...NAME, ShardId: shardId(shard), ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber },
      }).message;
    expect(errorFor(SequenceNumber, 0)).toBe(
      `Invalid StartingSequenceNumber. It encodes ${shardId(1)}, while it was used in a call to a shard with ${shardId(0)}`,
    );
    expect(errorFor('17', 1)).toMatch(/used in GetShardIterator on shard shardId-000000000001 .* is invalid\.$/);
    streams.ask('DeleteStream', NAME);
    streams.withStream('orders', 2);
    expect(errorFor(SequenceNumber, 1)).toMatch(/is invalid because it did not come from this stream\.$/);
  });

  it('KI-08 that is no iterator, or of a stream that is gone, is refused', () => {
    const { streams } = withThree();
    const iterator = streams.iterator();
    for (const ShardIterator of ['none', 'AAAAAAAAAA', `${iterator}x`])
      expect(streams.errorOf('GetRecords', { ShardIterator })).toMatchObject({
        code: 'InvalidArgumentException',
        message: 'Invalid ShardIterator.',
      });
    streams.ask('DeleteStream', NAME);
    expect(streams.errorOf('GetRecords', { ShardIterator: iterator }).code).toBe('ResourceNotFoundException');
    streams.withStream();
    expect(streams.errorOf('GetRecords', { ShardIterator: iterator }).message).toMatch(/does not exist$/);
  });
});

describe('a read', () => {
  it('KI-06 gives records as they were put, and where to read on', () => {
    const { streams, numbers } = withThree();
    const first = streams.get(streams.iterator(), { Limit: 2 });
    expect(first.Records).toMatchObject([
      { SequenceNumber: numbers[0], PartitionKey: HIGH_KEY, ApproximateArrivalTimestamp: epochMs / 1_000 },
      { SequenceNumber: numbers[1], ApproximateArrivalTimestamp: epochMs / 1_000 + 1 },
    ]);
    expect(textsIn(first)).toEqual(['1', '2']);
    const second = streams.get(String(first.NextShardIterator));
    expect(textsIn(second)).toEqual(['3']);
    const none = streams.get(String(second.NextShardIterator));
    expect(textsIn(none)).toEqual([]);
    streams.put('4');
    expect(streams.texts(String(none.NextShardIterator))).toEqual(['4']);
  });

  it('KI-06 tells how far it is behind the newest record', () => {
    const { streams } = withThree();
    streams.nowMs = 5_000;
    const behind = (more: Input) => streams.get(streams.iterator(), more).MillisBehindLatest;
    expect(behind({ Limit: 1 })).toBe(5_000);
    expect(behind({ Limit: 2 })).toBe(4_000);
    expect(behind({ Limit: 3 })).toBe(0);
    expect(streams.get(streams.iterator('LATEST')).MillisBehindLatest).toBe(0);
  });

  it('KI-06 gives at most 10,000 records', () => {
    const streams = new StreamsForTests().withStream();
    for (let n = 0; n < 21; n += 1)
      streams.ask('PutRecords', { ...NAME, Records: Array.from({ length: 500 }, () => aRecord('1')) });
    expect(streams.texts(streams.iterator())).toHaveLength(10_000);
    expect(streams.errorOf('GetRecords', { ShardIterator: streams.iterator(), Limit: 10_001 }).code).toBe(
      'ValidationException',
    );
  });

  it('KI-06 gives at most 10 MiB', () => {
    const streams = new StreamsForTests().withStream();
    const Data = new Uint8Array(ONE_MIB - 1);
    for (let n = 0; n < 11; n += 1) streams.ask('PutRecord', { ...NAME, Data, PartitionKey: 'k' });
    const { Records, NextShardIterator } = streams.get(streams.iterator());
    expect(Records).toHaveLength(10);
    expect(streams.get(String(NextShardIterator)).Records).toHaveLength(1);
  });

  it('KI-06 of 10 MiB closes the shard for readers for 5 seconds, by the clock', () => {
    const streams = new StreamsForTests({ isTimed: true }).withStream('orders', 1, { MaxRecordSizeInKiB: 10_240 });
    const Data = new Uint8Array(ONE_MIB - 1);
    for (let n = 0; n < 10; n += 1) {
      streams.nowMs = n * 1_000;
      streams.ask('PutRecord', { ...NAME, Data, PartitionKey: 'k' });
    }
    const iterator = streams.iterator();
    expect(streams.get(iterator).Records).toHaveLength(10);
    streams.nowMs += 4_999;
    expect(streams.errorOf('GetRecords', { ShardIterator: iterator }).code).toBe(
      'ProvisionedThroughputExceededException',
    );
    streams.nowMs += 1;
    expect(streams.get(iterator).Records).toHaveLength(10);
  });

  it('KI-07 is one of five a second, which all readers of a shard share, by the clock', () => {
    const streams = new StreamsForTests({ isTimed: true }).withStream('orders', 2);
    const [iterator, other] = [streams.iterator(), streams.iterator('TRIM_HORIZON', 1)];
    for (let n = 0; n < 5; n += 1) streams.get(iterator);
    expect(streams.errorOf('GetRecords', { ShardIterator: iterator }).message).toBe(
      `Rate exceeded for shard ${shardId(0)} in stream orders under account 123456789012.`,
    );
    streams.get(other);
    streams.nowMs = 1_000;
    streams.get(iterator);
  });

  it('KI-07 is not measured where calls take no time', () => {
    const streams = new StreamsForTests().withStream();
    const iterator = streams.iterator();
    for (let n = 0; n < 10; n += 1) expect(streams.texts(iterator)).toEqual([]);
  });

  it('KI-04 can be repeated: the same iterator gives the same records', () => {
    const { streams } = withThree();
    const iterator = streams.iterator();
    expect(streams.texts(iterator)).toEqual(streams.texts(iterator));
  });
});

describe('the footprints of reads', () => {
  const footprintsWith = (Limit: number) => {
    const { streams } = withThree();
    const read = streams.call('GetRecords', { ShardIterator: streams.iterator(), Limit }).footprint;
    return { read, put: streams.call('PutRecord', { ...NAME, ...aRecord('4') }).footprint };
  };

  it('KI-02 depend on a put that they could have seen', () => {
    const { read, put } = footprintsWith(3);
    expect(conflict(read, put)).toBe(true);
  });

  it('commute with a put that they can’t see', () => {
    const { read, put } = footprintsWith(2);
    expect(conflict(read, put)).toBe(false);
    const streams = new StreamsForTests().withStream('orders', 2);
    const other = streams.call('GetRecords', { ShardIterator: streams.iterator('TRIM_HORIZON', 0) }).footprint;
    expect(conflict(other, streams.call('PutRecord', { ...NAME, ...aRecord('1', HIGH_KEY) }).footprint)).toBe(false);
    expect(conflict(other, streams.call('PutRecord', { ...NAME, ...aRecord('1', LOW_KEY) }).footprint)).toBe(true);
  });

  it('depend on what has arrived where an iterator begins at the end', () => {
    const streams = new StreamsForTests().withStream();
    const at = (ShardIteratorType: string) =>
      streams.call('GetShardIterator', { ...NAME, ShardId: shardId(0), ShardIteratorType }).footprint;
    const put = streams.call('PutRecord', { ...NAME, ...aRecord('1') }).footprint;
    expect(conflict(at('LATEST'), put)).toBe(true);
    expect(conflict(at('TRIM_HORIZON'), put)).toBe(false);
  });
});
