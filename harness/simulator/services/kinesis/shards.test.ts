/**
 * Shards: their ranges of hash keys, how they are split and merged, and how they are listed.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { notesIn, SETTINGS_FOR_TESTS } from '../../contract/service-for-tests.ts';
import { conflict } from '../../kernel/footprint.ts';
import { aRecord, type DescribedShard, HIGH_KEY, LOW_KEY, StreamsForTests, shardId } from './kinesis-for-tests.ts';

const NAME = { StreamName: 'orders' };
const HALF = 2n ** 127n;
const LAST = 2n ** 128n - 1n;
const HOUR_MS = 3_600_000;

const isOpen = ({ SequenceNumberRange: { EndingSequenceNumber } }: DescribedShard) =>
  EndingSequenceNumber === undefined;
const rangeOf = ({ HashKeyRange: { StartingHashKey, EndingHashKey } }: DescribedShard) =>
  [BigInt(StartingHashKey), BigInt(EndingHashKey)] as const;
const open = (streams: StreamsForTests) =>
  streams
    .shards()
    .filter(isOpen)
    .toSorted((a, b) => (rangeOf(a)[0] < rangeOf(b)[0] ? -1 : 1));
const split = (streams: StreamsForTests, shard: number, at: bigint) =>
  streams.ask('SplitShard', { ...NAME, ShardToSplit: shardId(shard), NewStartingHashKey: String(at) });
const merge = (streams: StreamsForTests, one: number, other: number) =>
  streams.ask('MergeShards', { ...NAME, ShardToMerge: shardId(one), AdjacentShardToMerge: shardId(other) });
const update = (TargetShardCount: number): Input => ({ ...NAME, TargetShardCount, ScalingType: 'UNIFORM_SCALING' });

describe('the shards of a new stream', () => {
  it('KI-01 divide all hash keys among them', () => {
    expect(new StreamsForTests().withStream('orders', 3).shards().map(rangeOf)).toEqual([
      [0n, 113427455640312821154458202477256070484n],
      [113427455640312821154458202477256070485n, 226854911280625642308916404954512140969n],
      [226854911280625642308916404954512140970n, LAST],
    ]);
  });

  it('KI-16 are open, and have no parents', () => {
    const [shard] = new StreamsForTests().withStream().shards();
    expect(shard).toEqual({
      ShardId: shardId(0),
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(LAST) },
      SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^\d{56}$/) },
    });
  });
});

describe('a split', () => {
  it('KI-15 makes two shards, the second of which begins at the given hash key', () => {
    const streams = new StreamsForTests().withStream();
    split(streams, 0, 1_000n);
    const [parent, ...children] = streams.shards();
    expect(parent?.SequenceNumberRange.EndingSequenceNumber).toMatch(/^\d{56}$/);
    expect(children.map(rangeOf)).toEqual([
      [0n, 999n],
      [1_000n, LAST],
    ]);
    expect(children.map(({ ParentShardId }) => ParentShardId)).toEqual([shardId(0), shardId(0)]);
  });

  it('KI-15 is inside the shard’s range, and of an open shard', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const errorFor = (shard: number, at: bigint) =>
      streams.refusalOf('SplitShard', { ...NAME, ShardToSplit: shardId(shard), NewStartingHashKey: String(at) });
    expect(errorFor(0, 1n)).toMatchObject({
      code: 'InvalidArgumentException',
      message: `NewStartingHashKey 1 used in SplitShard() on shard ${shardId(0)} in stream orders under account 123456789012 is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey ${HALF - 1n}.`,
    });
    expect(errorFor(0, HALF - 1n)?.code).toBe('InvalidArgumentException');
    expect(errorFor(2, 5n)).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Could not find shard ${shardId(2)} in stream orders under account 123456789012.`,
    });
    expect(errorFor(0, 2n)).toBeNull();
    expect(errorFor(0, 1_000n)).toMatchObject({ message: expect.stringMatching(/has already been merged or split/) });
  });

  it('KI-09 closes its shard: new records go to the children, and the old ones can be read', () => {
    const streams = new StreamsForTests().withStream();
    const before = streams.put('1', HIGH_KEY);
    split(streams, 0, HALF);
    const after = streams.put('2', HIGH_KEY);
    expect(after.ShardId).toBe(shardId(2));
    expect(BigInt(after.SequenceNumber)).toBeGreaterThan(BigInt(before.SequenceNumber));
    expect(streams.texts(streams.iterator())).toEqual(['1']);
    expect(streams.texts(streams.iterator('TRIM_HORIZON', 2))).toEqual(['2']);
  });

  it('KI-09 is found at the end of the closed shard, with its children', () => {
    const streams = new StreamsForTests().withStream();
    streams.put('1');
    streams.put('2');
    const latest = streams.iterator('LATEST');
    split(streams, 0, HALF);
    const first = streams.get(streams.iterator(), { Limit: 1 });
    expect(first.ChildShards).toBeUndefined();
    const end = streams.get(String(first.NextShardIterator));
    expect(end).not.toHaveProperty('NextShardIterator');
    expect(end.Records).toHaveLength(1);
    expect(end.ChildShards).toEqual([
      {
        ShardId: shardId(1),
        ParentShards: [shardId(0)],
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(HALF - 1n) },
      },
      {
        ShardId: shardId(2),
        ParentShards: [shardId(0)],
        HashKeyRange: { StartingHashKey: String(HALF), EndingHashKey: String(LAST) },
      },
    ]);
    expect(streams.get(latest)).toMatchObject({ Records: [], ChildShards: [{}, {}] });
  });

  it('KI-09 is written into the trace, and depends on all that happens in the stream', () => {
    const streams = new StreamsForTests().withStream();
    const put = streams.call('PutRecord', { ...NAME, ...aRecord('1') });
    const done = streams.call('SplitShard', { ...NAME, ShardToSplit: shardId(0), NewStartingHashKey: '1000' });
    expect(notesIn(done.effects)).toEqual([
      { kind: 'stream-resharded', stream: 'orders', closed: [shardId(0)], opened: [shardId(1), shardId(2)] },
    ]);
    expect(conflict(put.footprint, done.footprint)).toBe(true);
  });
});

describe('a merge', () => {
  it('KI-15 makes one shard of two, of which the second begins where the first ends', () => {
    const streams = new StreamsForTests().withStream('orders', 3);
    const errorFor = (one: number, other: number) =>
      streams.errorOf('MergeShards', { ...NAME, ShardToMerge: shardId(one), AdjacentShardToMerge: shardId(other) });
    expect(errorFor(0, 2)).toMatchObject({
      code: 'InvalidArgumentException',
      message: `Shards ${shardId(0)} and ${shardId(2)} in stream orders under account 123456789012 are not an adjacent pair of shards eligible for merging`,
    });
    expect(errorFor(1, 0).code).toBe('InvalidArgumentException');
    merge(streams, 0, 1);
    expect(streams.shards().at(-1)).toMatchObject({
      ...{ ShardId: shardId(3), ParentShardId: shardId(0), AdjacentParentShardId: shardId(1) },
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: '226854911280625642308916404954512140969' },
    });
  });

  it('KI-09 is the child of both: each of them names it at its end', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    merge(streams, 0, 1);
    for (const shard of [0, 1])
      expect(streams.get(streams.iterator('TRIM_HORIZON', shard)).ChildShards).toMatchObject([
        { ShardId: shardId(2), ParentShards: [shardId(0), shardId(1)] },
      ]);
    expect([HIGH_KEY, LOW_KEY].map((key) => streams.put('1', key).ShardId)).toEqual([shardId(2), shardId(2)]);
  });
});

describe('UpdateShardCount', () => {
  it('KI-10 divides the hash keys anew', () => {
    const counts = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(counts, counts, (before, target) => {
        fc.pre(target <= 2 * before && 2 * target >= before);
        const streams = new StreamsForTests().withStream('orders', before);
        expect(streams.ask('UpdateShardCount', update(target))).toMatchObject({
          ...{ StreamName: 'orders', CurrentShardCount: before, TargetShardCount: target },
        });
        const fresh = new StreamsForTests().withStream('orders', target);
        expect(open(streams).map(rangeOf)).toEqual(open(fresh).map(rangeOf));
        for (const { ParentShardId, AdjacentParentShardId } of streams.shards())
          if (AdjacentParentShardId !== undefined) expect(ParentShardId).toBeDefined();
      }),
    );
  });

  it('KI-10 halves each shard when it doubles them', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    streams.ask('UpdateShardCount', update(4));
    expect(streams.shards().map(({ ParentShardId }) => ParentShardId)).toEqual([
      ...[undefined, undefined],
      ...[shardId(0), shardId(0), shardId(1), shardId(1)],
    ]);
  });

  it('KI-10 at most doubles the open shards, and at least halves them', () => {
    const streams = new StreamsForTests().withStream('orders', 4);
    const messageFor = (target: number) => streams.errorOf('UpdateShardCount', update(target)).message;
    expect(messageFor(9)).toBe(
      'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 4, Target shard count: 9',
    );
    expect(messageFor(1)).toBe(
      'UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: 4, Target shard count: 1',
    );
    expect(messageFor(10_001)).toMatch(/cannot be greater than 10000\./);
    expect(streams.errorOf('UpdateShardCount', { ...update(2), ScalingType: 'OTHER' }).code).toBe(
      'ValidationException',
    );
  });

  it('KI-10 is done ten times in 24 hours', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    for (let n = 0; n < 10; n += 1) streams.ask('UpdateShardCount', update(n % 2 === 0 ? 1 : 2));
    expect(streams.errorOf('UpdateShardCount', update(1)).code).toBe('LimitExceededException');
    streams.nowMs = 24 * HOUR_MS;
    streams.ask('UpdateShardCount', update(1));
  });

  it('KI-09 keeps every record: each key has one open shard at any time, and its records are in the order of their numbers', () => {
    const step = fc.oneof(
      fc.record({ put: fc.constantFrom(...'abcdefgh') }),
      fc.record({ target: fc.integer({ min: 1, max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const streams = new StreamsForTests().withStream('orders', 2);
        const last: Record<string, bigint> = {};
        let count = 0;
        for (const one of steps) {
          if ('target' in one) streams.answerTo('UpdateShardCount', update(one.target));
          else {
            count += 1;
            const number = BigInt(streams.put(one.put, one.put).SequenceNumber);
            expect(number).toBeGreaterThan(last[one.put] ?? 0n);
            last[one.put] = number;
          }
        }
        const ids = streams.shards().map((_, number) => number);
        expect(ids.flatMap((number) => streams.texts(streams.iterator('TRIM_HORIZON', number)))).toHaveLength(count);
      }),
    );
  });
});

describe('ListShards', () => {
  const idsOf = (streams: StreamsForTests, more: Input = {}) =>
    streams.shards(more).map(({ ShardId }) => Number(ShardId.slice(-3)));

  it('KI-16 gives pages', () => {
    const streams = new StreamsForTests().withStream('orders', 5);
    const first = streams.ask('ListShards', { ...NAME, MaxResults: 2 });
    expect(first.Shards).toHaveLength(2);
    const second = streams.ask('ListShards', { NextToken: first.NextToken, MaxResults: 2 });
    expect(second.Shards).toMatchObject([{ ShardId: shardId(2) }, { ShardId: shardId(3) }]);
    expect(streams.ask('ListShards', { NextToken: second.NextToken })).toMatchObject({
      Shards: [{ ShardId: shardId(4) }],
    });
    expect(idsOf(streams, { ExclusiveStartShardId: shardId(3) })).toEqual([4]);
  });

  it('KI-16 takes a page’s token for 300 seconds, and nothing beside it', () => {
    const streams = new StreamsForTests().withStream('orders', 3);
    const { NextToken } = streams.ask('ListShards', { ...NAME, MaxResults: 1 });
    expect(streams.errorOf('ListShards', { ...NAME, NextToken }).message).toBe(
      'NextToken and StreamName cannot be provided together.',
    );
    expect(streams.errorOf('ListShards', {}).message).toBe('Either NextToken or StreamName should be provided.');
    expect(streams.errorOf('ListShards', { NextToken: 'x' }).code).toBe('InvalidArgumentException');
    streams.nowMs = 300_001;
    expect(streams.errorOf('ListShards', { NextToken }).code).toBe('ExpiredNextTokenException');
  });

  it('KI-16 filters by what is open, by what comes behind a shard, and by an instant', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    streams.nowMs = 1_000;
    split(streams, 0, 1_000n);
    const filtered = (ShardFilter: Input) => idsOf(streams, { ShardFilter });
    const Timestamp = (ms: number) => new Date(SETTINGS_FOR_TESTS.epochMs + ms);
    expect(filtered({ Type: 'AT_LATEST' })).toEqual([1, 2, 3]);
    expect(filtered({ Type: 'AFTER_SHARD_ID', ShardId: shardId(1) })).toEqual([2, 3]);
    expect(filtered({ Type: 'AT_TRIM_HORIZON' })).toEqual([0, 1]);
    expect(filtered({ Type: 'FROM_TRIM_HORIZON' })).toEqual([0, 1, 2, 3]);
    expect(filtered({ Type: 'AT_TIMESTAMP', Timestamp: Timestamp(999) })).toEqual([0, 1]);
    expect(filtered({ Type: 'AT_TIMESTAMP', Timestamp: Timestamp(1_001) })).toEqual([1, 2, 3]);
    expect(filtered({ Type: 'FROM_TIMESTAMP', Timestamp: Timestamp(1_001) })).toEqual([1, 2, 3]);
    for (const filter of [{ Type: 'AT_TIMESTAMP' }, { Type: 'AFTER_SHARD_ID', ShardId: 'none' }])
      expect(streams.errorOf('ListShards', { ...NAME, ShardFilter: filter }).code).toBe('InvalidArgumentException');
  });

  it('KI-16 leaves out shards that are closed, and whose records have expired', () => {
    const streams = new StreamsForTests().withStream();
    split(streams, 0, HALF);
    streams.nowMs = 24 * HOUR_MS - 1;
    expect(idsOf(streams)).toEqual([0, 1, 2]);
    streams.nowMs += 1;
    expect(idsOf(streams)).toEqual([1, 2]);
  });

  it('KI-16 finds a stream by the instant of its creation', () => {
    const streams = new StreamsForTests();
    streams.nowMs = 5_000;
    streams.withStream();
    const at = (ms: number) => ({ ...NAME, StreamCreationTimestamp: new Date(SETTINGS_FOR_TESTS.epochMs + ms) });
    expect(streams.refusalOf('ListShards', at(5_000))).toBeNull();
    expect(streams.errorOf('ListShards', at(0)).code).toBe('InvalidArgumentException');
  });
});
