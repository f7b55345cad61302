/**
 * A stream as an event source: what it tells its readers, what it hands out, and where shards end.
 */

import { describe, expect, it } from 'vitest';
import { placeOfKey, type ReaderRequest, type SourceRequest } from '../../contract/event-source.ts';
import { notesIn, SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { conflict } from '../../kernel/footprint.ts';
import { aRecord, HIGH_KEY, LOW_KEY, StreamsForTests, shardId } from './kinesis-for-tests.ts';
import type { KinesisEffect, KinesisStep } from './messages.ts';

const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';
const MAPPINGS = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:';
const MAPPING_ARN = `${MAPPINGS}m1`;
const READER = { arn: `${MAPPINGS}*`, alone: null };
const NAME = { StreamName: 'orders' };

type Asked = Partial<SourceRequest & { readonly kind: 'poll' }>;

class WatchedStream extends StreamsForTests {
  constructor(shards = 1) {
    super();
    this.withStream('orders', shards);
    this.watch();
  }

  watch(): KinesisStep {
    return this.take(ARN, { kind: 'watch', reader: READER });
  }

  poll(shard: number, asked: Asked = {}): KinesisStep {
    const request = { kind: 'poll', mapping: MAPPING_ARN, lane: shardId(shard), from: null, most: 10 } as const;
    return this.take(ARN, { ...request, ...asked }, null, 'mapping of f');
  }

  /** What a poll hands out. */
  handedOut(shard: number, asked: Asked = {}): ReaderRequest & { readonly kind: 'handed-out' } {
    const [sent] = sentIn(this.poll(shard, asked).effects, 'handed-out');
    return sent?.request ?? expect.fail('nothing was handed out');
  }
}

/** The shards of which readers are told. */
const newsIn = (effects: readonly KinesisEffect[]) => sentIn(effects, 'available').map(({ request }) => request);
const idsIn = ({ items }: ReaderRequest & { readonly kind: 'handed-out' }) => items.map(({ id }) => id);

describe('a stream that mappings watch', () => {
  it('describes its shards as lanes, and the end of each', () => {
    const streams = new WatchedStream(2);
    const { SequenceNumber } = streams.put('1', HIGH_KEY);
    expect(streams.describe(ARN).is).toEqual({
      ...{ kind: 'event-source', arn: ARN, shownName: 'orders', visibilityTimeoutMs: null },
      lanes: [
        { name: shardId(0), after: [], latest: null },
        { name: shardId(1), after: [], latest: SequenceNumber },
      ],
      ...{ bodyMember: 'data', batchInfoMember: 'KinesisBatchInfo', beginsAtInstants: true },
    });
  });

  it('hands out what arrived since an instant, and leads behind what it passes', () => {
    const streams = new WatchedStream();
    const first = streams.put('1').SequenceNumber;
    streams.nowMs = 1_000;
    const second = streams.put('2').SequenceNumber;
    expect(idsIn(streams.handedOut(0, { sinceMs: 1_000 }))).toEqual([second]);
    expect(idsIn(streams.handedOut(0, { sinceMs: 0, most: 1 }))).toEqual([first]);
    expect(streams.handedOut(0, { sinceMs: 2_000 })).toMatchObject({ items: [], next: second });
  });

  it('is refused in Lambda’s words if it is not there', () => {
    const { is, refusal } = new StreamsForTests().describe(ARN);
    expect([is, refusal]).toMatchObject([
      null,
      { error: { code: 'InvalidParameterValueException', message: `Stream not found: ${ARN}` } },
    ]);
  });

  it('tells of each shard in which records arrive, and of their keys', () => {
    const streams = new WatchedStream(2);
    const put = (Records: readonly object[]) => newsIn(streams.call('PutRecords', { ...NAME, Records }).effects);
    const available = { kind: 'available', source: ARN, isAtOnce: false, after: [] };
    expect(put([aRecord('1', HIGH_KEY), aRecord('2', LOW_KEY), aRecord('3', HIGH_KEY)])).toEqual([
      { ...available, lane: shardId(1), keys: [HIGH_KEY, HIGH_KEY] },
      { ...available, lane: shardId(0), keys: [LOW_KEY] },
    ]);
    expect(newsIn(streams.watch().effects).map(({ lane }) => lane)).toEqual([shardId(0), shardId(1)]);
    streams.take(ARN, { kind: 'watch', reader: null });
    expect(put([aRecord('4')])).toEqual([]);
  });

  it('KI-09 tells of shards that end, and names the parents of those that take their place', () => {
    const streams = new WatchedStream();
    const split = streams.call('SplitShard', {
      ...NAME,
      ShardToSplit: shardId(0),
      NewStartingHashKey: String(2n ** 127n),
    });
    expect(newsIn(split.effects)).toMatchObject([{ lane: shardId(0), after: [] }]);
    const put = streams.call('PutRecord', { ...NAME, ...aRecord('1', HIGH_KEY) });
    expect(newsIn(put.effects)).toMatchObject([{ lane: shardId(2), after: [shardId(0)] }]);
    expect(newsIn(streams.watch().effects).map(({ lane }) => lane)).toEqual([shardId(0), shardId(2)]);
  });
});

describe('a poll', () => {
  it('KI-02 hands out records in order, from a position, and says what is left', () => {
    const streams = new WatchedStream();
    const numbers = ['1', '2', '3'].map((text) => streams.put(text).SequenceNumber);
    const first = streams.poll(0, { most: 2 });
    expect(newsIn(first.effects)).toMatchObject([{ lane: shardId(0), keys: [HIGH_KEY] }]);
    expect(notesIn(first.effects)).toEqual([
      {
        ...{ kind: 'stream-records-read', stream: 'orders', shardId: shardId(0), by: 'mapping of f' },
        sequenceNumbers: numbers.slice(0, 2),
      },
    ]);
    const second = streams.handedOut(0, { most: 2, from: numbers[1] ?? null });
    expect(idsIn(second)).toEqual([numbers[2]]);
    expect(second).toMatchObject({ lane: shardId(0), next: numbers[2], visibleAgainAtMs: Number.POSITIVE_INFINITY });
    expect(second).not.toHaveProperty('isEnd');
    expect(newsIn(streams.poll(0).effects)).toEqual([]);
  });

  it('KE-15 hands out each record in the form that functions get', () => {
    const streams = new WatchedStream();
    streams.nowMs = 1_500;
    const { SequenceNumber } = streams.put('{"n":1}', 'key');
    const kinesis = {
      ...{ kinesisSchemaVersion: '1.0', partitionKey: 'key', sequenceNumber: SequenceNumber },
      ...{ data: 'eyJuIjoxfQ==', approximateArrivalTimestamp: SETTINGS_FOR_TESTS.epochMs / 1_000 + 1.5 },
    };
    expect(streams.handedOut(0).items).toEqual([
      {
        ...{ id: SequenceNumber, handle: SequenceNumber, position: SequenceNumber, handOuts: 1, arrivedAtMs: 1_500 },
        expiresAtMs: 86_401_500,
        record: {
          kinesis,
          ...{ eventSource: 'aws:kinesis', eventVersion: '1.0', eventID: `${shardId(0)}:${SequenceNumber}` },
          ...{ eventName: 'aws:kinesis:record', invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role' },
          ...{ awsRegion: 'us-east-1', eventSourceARN: ARN },
        },
        filtered: { ...kinesis, data: '{"n":1}' },
      },
    ]);
  });

  it('KE-03 hands out a part of a shard: the records of its keys, each key in one part', () => {
    const streams = new WatchedStream();
    const keys = [...'abcdefghijkl'];
    for (const key of keys) streams.put(key, key);
    const parts = [0, 1, 2].map((place) => streams.handedOut(0, { part: { place, of: 3 } }));
    const dataIn = ({ items }: (typeof parts)[number]) => items.map(({ filtered }) => filtered?.data);
    expect(parts.map(dataIn)).toEqual([0, 1, 2].map((place) => keys.filter((key) => placeOfKey(key, 3) === place)));
    expect(parts.map(({ part }) => part?.place)).toEqual([0, 1, 2]);
    const [first, second] = [0, 1].map((n) => keys.filter((key) => placeOfKey(key, 3) === 0)[n] ?? '');
    const some = streams.poll(0, { most: 1, part: { place: 0, of: 3 } });
    expect(newsIn(some.effects)).toMatchObject([{ keys: [second] }]);
    expect(first).not.toBe(second);
  });

  it('KI-09 says that a closed shard ends, and a part of it with it', () => {
    const streams = new WatchedStream();
    streams.put('1');
    streams.put('2');
    streams.ask('UpdateShardCount', { ...NAME, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
    expect(streams.handedOut(0, { most: 1 })).not.toHaveProperty('isEnd');
    expect(streams.handedOut(0)).toMatchObject({ isEnd: true });
    expect(streams.handedOut(0, { part: { place: 0, of: 2 } })).toMatchObject({ isEnd: true });
  });

  it('KI-10 leaves out what has expired', () => {
    const streams = new WatchedStream();
    streams.put('1');
    streams.nowMs = 1_000;
    const { SequenceNumber } = streams.put('2');
    streams.nowMs = 24 * 3_600_000;
    expect(idsIn(streams.handedOut(0))).toEqual([SequenceNumber]);
  });

  it('finds nothing in a stream that was deleted, nor in the next one from an old position (UV-43)', () => {
    const streams = new WatchedStream();
    const { SequenceNumber: from } = streams.put('1');
    streams.ask('DeleteStream', NAME);
    expect(streams.handedOut(0, { from })).toMatchObject({ items: [], next: from });
    streams.withStream();
    streams.put('2');
    expect(streams.handedOut(0, { from }).items).toEqual([]);
  });

  it('KI-02 depends on a put that it could have seen, and on no other', () => {
    const streams = new WatchedStream();
    streams.put('1');
    const some = streams.poll(0, { most: 1 }).footprint;
    const all = streams.poll(0).footprint;
    streams.put('2');
    const put = streams.call('PutRecord', { ...NAME, Data: toUtf8('3'), PartitionKey: HIGH_KEY }).footprint;
    expect(conflict(some, put)).toBe(false);
    expect(conflict(all, put)).toBe(false);
    expect(conflict(streams.poll(0).footprint, streams.call('PutRecord', { ...NAME, ...aRecord('4') }).footprint)).toBe(
      true,
    );
  });
});

describe('what a mapping acknowledges or hands back', () => {
  it('changes nothing: what is handed back is there to be read', () => {
    const streams = new WatchedStream();
    const { SequenceNumber } = streams.put('1');
    expect(streams.take(ARN, { kind: 'acknowledge', handles: [SequenceNumber] }).effects).toEqual([]);
    const back = streams.take(ARN, { kind: 'hand-back', lane: shardId(0), handles: [SequenceNumber] });
    expect(newsIn(back.effects)).toMatchObject([{ lane: shardId(0) }]);
    expect(idsIn(streams.handedOut(0))).toEqual([SequenceNumber]);
  });
});
