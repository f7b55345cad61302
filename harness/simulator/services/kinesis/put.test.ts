/**
 * Puts: which shard takes a record, in which order, and what becomes of each record of a batch.
 */

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { notesIn } from '../../contract/service-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { conflict } from '../../kernel/footprint.ts';
import { aRecord, HIGH_KEY, LOW_KEY, StreamsForTests, shardId } from './kinesis-for-tests.ts';

const ONE_MIB = 1_048_576;
const NAME = { StreamName: 'orders' };
const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';

/** The results of the records of one call. */
function putAll(streams: StreamsForTests, Records: readonly Input[]): readonly Input[] {
  return streams.ask('PutRecords', { ...NAME, Records }).Records as readonly Input[];
}

describe('a record', () => {
  it('KI-01 goes to the shard whose range holds the MD5 of its partition key', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (key) => {
        const hashKey = BigInt(`0x${createHash('md5').update(key, 'utf8').digest('hex')}`);
        expect(streams.put('1', key).ShardId).toBe(shardId(hashKey < 2n ** 127n ? 0 : 1));
      }),
    );
  });

  it('KI-01 goes where its ExplicitHashKey says, whatever its partition key is', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const shardFor = (ExplicitHashKey: string) => streams.put('1', LOW_KEY, { ExplicitHashKey }).ShardId;
    expect(shardFor('0')).toBe(shardId(0));
    expect(shardFor(String(2n ** 127n - 1n))).toBe(shardId(0));
    expect(shardFor(String(2n ** 127n))).toBe(shardId(1));
    expect(shardFor(String(2n ** 128n - 1n))).toBe(shardId(1));
  });

  it('KI-01 has a partition key of 1 to 256 characters', () => {
    const streams = new StreamsForTests().withStream();
    expect(streams.put('1', 'é'.repeat(256)).ShardId).toBe(shardId(0));
    const errorFor = (PartitionKey?: string) =>
      streams.errorOf('PutRecord', { ...NAME, Data: toUtf8('1'), PartitionKey }).message;
    expect(errorFor('x'.repeat(257))).toMatch(/at 'partitionKey' failed .* length less than or equal to 256$/);
    expect(errorFor('')).toMatch(/length greater than or equal to 1$/);
    expect(errorFor()).toBe(
      "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null",
    );
  });

  it('KI-01 is refused with a hash key that there is not', () => {
    const streams = new StreamsForTests().withStream();
    const errorFor = (ExplicitHashKey: string) =>
      streams.errorOf('PutRecord', { ...NAME, ...aRecord('1'), ExplicitHashKey });
    expect(errorFor(String(2n ** 128n))).toMatchObject({
      code: 'InvalidArgumentException',
      message: `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${2n ** 128n}`,
    });
    for (const text of ['-1', '01', 'x']) expect(errorFor(text).code).toBe('ValidationException');
  });

  it('KI-02 has a sequence number that is greater than those before it in its shard', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const keys = fc.array(fc.constantFrom(LOW_KEY, HIGH_KEY), { maxLength: 30 });
    fc.assert(
      fc.property(keys, (all) => {
        const last: Record<string, bigint> = {};
        for (const key of all) {
          const { ShardId, SequenceNumber } = streams.put('1', key);
          expect(BigInt(SequenceNumber)).toBeGreaterThan(last[ShardId] ?? 0n);
          expect(SequenceNumber).toHaveLength(56);
          last[ShardId] = BigInt(SequenceNumber);
        }
      }),
    );
  });

  it('KI-02 may ask for a number behind that of another one, of the same stream', () => {
    const streams = new StreamsForTests().withStream();
    const { SequenceNumber } = streams.put('1');
    const next = streams.put('2', HIGH_KEY, { SequenceNumberForOrdering: SequenceNumber });
    expect(BigInt(next.SequenceNumber)).toBeGreaterThan(BigInt(SequenceNumber));
    for (const SequenceNumberForOrdering of ['17', SequenceNumber.replace('49000001', '49000002')]) {
      const input = { ...NAME, ...aRecord('3'), SequenceNumberForOrdering };
      expect(streams.errorOf('PutRecord', input)).toMatchObject({
        code: 'InvalidArgumentException',
        message: `ExclusiveMinimumSequenceNumber ${SequenceNumberForOrdering} used in PutRecord on stream orders under account 123456789012 is invalid.`,
      });
    }
  });

  it('KI-03 has up to 1 MiB with its partition key, or what the stream allows', () => {
    const streams = new StreamsForTests().withStream().withStream('large', 1, { MaxRecordSizeInKiB: 2_048 });
    const put = (StreamName: string, bytes: number) =>
      streams.refusalOf('PutRecord', { StreamName, Data: new Uint8Array(bytes), PartitionKey: 'key' });
    expect(put('orders', ONE_MIB - 3)).toBeNull();
    expect(put('orders', ONE_MIB - 2)).toMatchObject({
      message: expect.stringMatching(/at 'data' failed .* less than or equal to 1048576$/),
    });
    expect(put('large', 2 * ONE_MIB - 3)).toBeNull();
    expect(put('large', 2 * ONE_MIB)).toMatchObject({ code: 'ValidationException' });
  });

  it('is written into the trace with its text, or without if it is none', () => {
    const streams = new StreamsForTests().withStream();
    const notes = (Data: Uint8Array) =>
      notesIn(streams.call('PutRecord', { ...NAME, Data, PartitionKey: 'key' }).effects);
    expect(notes(toUtf8('{"n":1}'))).toMatchObject([
      { kind: 'stream-record-put', stream: 'orders', shardId: shardId(0), partitionKey: 'key', data: '{"n":1}' },
    ]);
    expect(notes(Uint8Array.of(255, 254))).toMatchObject([{ data: null }]);
  });
});

describe('PutRecords', () => {
  it('KI-03 answers for each record, in their order', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const output = streams.ask('PutRecords', { StreamARN: ARN, Records: [aRecord('1'), aRecord('2', LOW_KEY)] });
    expect(output).toMatchObject({ FailedRecordCount: 0, Records: [{ ShardId: shardId(1) }, { ShardId: shardId(0) }] });
    expect(streams.texts(streams.iterator('TRIM_HORIZON', 1))).toEqual(['1']);
  });

  it('KI-03 takes 1 to 500 records and 10 MiB', () => {
    const streams = new StreamsForTests().withStream('orders', 1, { MaxRecordSizeInKiB: 10_240 });
    const errorFor = (Records: readonly Input[]) => streams.refusalOf('PutRecords', { ...NAME, Records });
    expect(errorFor(Array.from({ length: 500 }, () => aRecord('1')))).toBeNull();
    expect(errorFor(Array.from({ length: 501 }, () => aRecord('1')))).toMatchObject({
      message: expect.stringMatching(/at 'records' failed .* length less than or equal to 500$/),
    });
    expect(errorFor([])).toMatchObject({ message: expect.stringMatching(/length greater than or equal to 1$/) });
    const half = { Data: new Uint8Array(5 * ONE_MIB - 1), PartitionKey: 'k' };
    expect(errorFor([half, half])).toBeNull();
    expect(errorFor([half, half, aRecord('1')])).toMatchObject({
      code: 'InvalidArgumentException',
      message: 'Records size exceeds 10 MB limit',
    });
  });

  it('KI-03 puts nothing if one of its records has a wrong form, and says which', () => {
    const streams = new StreamsForTests().withStream();
    const Records = [aRecord('1'), { Data: toUtf8('2') }];
    expect(streams.errorOf('PutRecords', { ...NAME, Records }).message).toMatch(/at 'records.2.member.partitionKey'/);
    expect(streams.texts(streams.iterator())).toEqual([]);
  });
});

describe('faults at a PutRecords', () => {
  const records = [aRecord('1'), aRecord('2', LOW_KEY), aRecord('3')];
  const faults = (Records: readonly Input[], shards = 2) =>
    new StreamsForTests().withStream('orders', shards).faultsAt('PutRecords', { ...NAME, Records }, []);

  it('KI-03 let the first record fail, or the last, and answer 200', () => {
    const streams = new StreamsForTests().withStream();
    const [first, last] = faults(records);
    for (const [fault, place, texts] of [
      [first, 0, ['2', '3']],
      [last, 2, ['1', '2']],
    ] as const) {
      if (fault === undefined || !('input' in fault)) expect.fail('no fault that does a part');
      expect(fault.fault).toBe('partial');
      const start = streams.iterator('LATEST');
      const answered = fault.complete(streams.answerTo('PutRecords', fault.input));
      const answer = answered.ok ? answered.output : expect.fail('refused');
      expect(answer.FailedRecordCount).toBe(1);
      expect((answer.Records as readonly Input[]).map(({ ErrorCode }) => ErrorCode)).toEqual(
        records.map((_, at) => (at === place ? 'InternalFailure' : undefined)),
      );
      expect(streams.texts(start)).toEqual(texts);
    }
  });

  it('KI-03 fail a single record, and put nothing', () => {
    const [only, ...more] = faults([aRecord('1')]);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      fault: 'partial',
      served: {
        answer: { output: { FailedRecordCount: 1, Records: [{ ErrorCode: 'InternalFailure' }] } },
        effects: [],
      },
    });
  });

  it('KI-02 store records of one shard in another order, and answer in the order of the call', () => {
    const streams = new StreamsForTests().withStream('orders', 2);
    const fault = faults(records).at(-1);
    if (fault?.fault !== 'reorder' || !('input' in fault)) expect.fail('no other order');
    const answer = fault.complete(streams.answerTo('PutRecords', fault.input));
    expect(streams.texts(streams.iterator('TRIM_HORIZON', 1))).toEqual(['3', '1']);
    const results = (answer.ok ? answer.output.Records : []) as readonly { readonly SequenceNumber: string }[];
    const [one, , three] = results.map(({ SequenceNumber }) => BigInt(SequenceNumber));
    expect(one).toBeGreaterThan(three ?? 0n);
  });

  it('KI-02 change no order where no two records share a shard', () => {
    expect(faults([aRecord('1'), aRecord('2', LOW_KEY)]).map(({ fault }) => fault)).toEqual(['partial', 'partial']);
    expect(faults([aRecord('1'), aRecord('2', LOW_KEY)], 1).map(({ fault }) => fault)).toContain('reorder');
  });

  it('strike no other call, and none that can’t be read', () => {
    const streams = new StreamsForTests().withStream();
    expect(streams.faultsAt('PutRecord', { ...NAME, ...aRecord('1') }, [])).toEqual([]);
    expect(streams.faultsAt('PutRecords', { ...NAME, Records: 'none' }, [])).toEqual([]);
    expect(streams.faultsAt('PutRecords', { StreamName: 'gone', Records: records }, [])).toHaveLength(2);
  });
});

describe('the limits of a shard', () => {
  const timed = (shards = 1) => new StreamsForTests({ isTimed: true }).withStream('orders', shards);

  it('KI-05 are 1,000 records a second', () => {
    const streams = timed();
    for (let n = 0; n < 2; n += 1)
      expect(
        putAll(
          streams,
          Array.from({ length: 500 }, () => aRecord('1')),
        ),
      ).toHaveLength(500);
    expect(streams.errorOf('PutRecord', { ...NAME, ...aRecord('1') })).toMatchObject({
      code: 'ProvisionedThroughputExceededException',
      message: `Rate exceeded for shard ${shardId(0)} in stream orders under account 123456789012.`,
    });
    streams.nowMs = 1_000;
    expect(streams.put('1').ShardId).toBe(shardId(0));
  });

  it('KI-05 are 1 MiB a second, partition keys included', () => {
    const streams = timed();
    const put = (bytes: number) =>
      streams.refusalOf('PutRecord', { ...NAME, Data: new Uint8Array(bytes), PartitionKey: 'k' })?.code ?? null;
    expect(put(ONE_MIB - 2)).toBeNull();
    expect(put(0)).toBeNull();
    expect(put(0)).toBe('ProvisionedThroughputExceededException');
  });

  it('KI-05 hold for each shard: another one does not help', () => {
    const streams = timed(2);
    for (let n = 0; n < 2; n += 1)
      putAll(
        streams,
        Array.from({ length: 500 }, () => aRecord('1')),
      );
    const [full, free] = putAll(streams, [aRecord('1'), aRecord('2', LOW_KEY)]);
    expect(full).toEqual({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage: `Rate exceeded for shard ${shardId(1)} in stream orders under account 123456789012.`,
    });
    expect(free).toMatchObject({ ShardId: shardId(0) });
  });

  it('KI-05 are not measured where calls take no time', () => {
    const streams = new StreamsForTests().withStream();
    for (let n = 0; n < 3; n += 1)
      putAll(
        streams,
        Array.from({ length: 500 }, () => aRecord('1')),
      );
    expect(streams.put('1').ShardId).toBe(shardId(0));
  });
});

describe('the footprints of puts', () => {
  it('KI-02 depend on each other in one shard, and not in two', () => {
    const footprintOf = (key: string) => {
      const streams = new StreamsForTests().withStream('orders', 2);
      return streams.call('PutRecord', { ...NAME, ...aRecord('1', key) }).footprint;
    };
    expect(conflict(footprintOf(HIGH_KEY), footprintOf(HIGH_KEY))).toBe(true);
    expect(conflict(footprintOf(HIGH_KEY), footprintOf(LOW_KEY))).toBe(false);
  });
});
