/**
 * The stream of a table: what writes put on it, what its readers are told, and what they are handed.
 */

import { describe, expect, it } from 'vitest';
import { placeOfKey, type ReaderRequest, type SourceRequest } from '../../contract/event-source.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import { conflict } from '../../kernel/footprint.ts';
import { DynamoDBForTests, THINGS } from './dynamodb-for-tests.ts';
import type { DynamoDBStep } from './messages.ts';

const LABEL = '2026-01-01T00:00:00.000';
const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
const ARN = `${TABLE_ARN}/stream/${LABEL}`;
const MAPPINGS = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:';
const READER = { arn: `${MAPPINGS}*`, alone: null };
const LANE = 'shardId-00000000000000000001-00000001';
const HOUR_MS = 3_600_000;

type Poll = SourceRequest & { readonly kind: 'poll' };
type HandedOut = ReaderRequest & { readonly kind: 'handed-out' };
type Members = Readonly<Record<string, unknown>>;

const streaming = (StreamViewType: string) => ({ StreamSpecification: { StreamEnabled: true, StreamViewType } });
const thing = (id: string, n: string) => ({ id: { S: id }, n: { N: n } });

class StreamedThings extends DynamoDBForTests {
  constructor(view = 'NEW_AND_OLD_IMAGES') {
    super();
    this.ask('CreateTable', { ...THINGS, ...streaming(view) });
    this.take(ARN, { kind: 'watch', reader: READER });
  }

  put(id: string, n: string) {
    return this.call('PutItem', { TableName: 'Things', Item: thing(id, n) });
  }

  remove(id: string) {
    return this.call('DeleteItem', { TableName: 'Things', Key: { id: { S: id } } });
  }

  poll(asked: Partial<Poll> = {}): DynamoDBStep {
    const request = { kind: 'poll', mapping: `${MAPPINGS}m1`, lane: LANE, from: null, most: 10 } as const;
    return this.take(ARN, { ...request, ...asked }, null, 'mapping of f');
  }

  handedOut(asked: Partial<Poll> = {}): HandedOut {
    const [sent] = sentIn(this.poll(asked).effects, 'handed-out');
    return sent?.request ?? expect.fail('nothing was handed out');
  }

  /** What is on the stream, as functions see it. */
  changes(): readonly Members[] {
    return this.handedOut().items.map(({ record }) => record);
  }
}

const imagesOf = ({ eventName, dynamodb }: Members) => {
  const { Keys, NewImage, OldImage } = Object(dynamodb);
  return [eventName, Keys?.id?.S, OldImage?.n?.N, NewImage?.n?.N];
};

describe('a table with a stream', () => {
  it('DD-12 streams each change once, in order, and keeps it for 24 hours', () => {
    const things = new StreamedThings();
    things.put('a', '1');
    things.put('b', '1');
    things.nowMs = HOUR_MS;
    things.put('a', '2');
    things.remove('a');
    const all = [
      ['INSERT', 'a', undefined, '1'],
      ['INSERT', 'b', undefined, '1'],
      ['MODIFY', 'a', '1', '2'],
      ['REMOVE', 'a', '2', undefined],
    ];
    expect(things.changes().map(imagesOf)).toEqual(all);
    things.nowMs = 24 * HOUR_MS - 1;
    expect(things.changes().map(imagesOf)).toEqual(all);
    things.nowMs = 24 * HOUR_MS;
    expect(things.changes().map(imagesOf)).toEqual(all.slice(2));
    things.put('c', '1');
    expect(things.changes().map(imagesOf)).toEqual([...all.slice(2), ['INSERT', 'c', undefined, '1']]);
  });

  it('DD-12 hands out what is behind a position, and nothing of an earlier table of its name', () => {
    const things = new StreamedThings();
    for (const id of ['a', 'b', 'c']) things.put(id, '1');
    const first = things.handedOut({ most: 2 });
    expect(first.items.map(({ id }) => id)).toHaveLength(2);
    expect(first.next).toBe(first.items[1]?.position);
    const rest = things.handedOut({ from: first.next });
    expect(rest.items.map(({ record }) => imagesOf(record)[1])).toEqual(['c']);
    things.ask('DeleteTable', { TableName: 'Things' });
    expect(things.handedOut().items).toEqual([]);
    things.ask('CreateTable', { ...THINGS, ...streaming('KEYS_ONLY') });
    for (const id of ['d', 'e', 'f']) things.put(id, '1');
    expect(things.handedOut({ from: first.next }).items).toEqual([]);
    expect(things.handedOut().items).toHaveLength(3);
  });

  it('DD-12 streams each write of a batch and of a transaction, and none of a write that is refused', () => {
    const things = new StreamedThings();
    const puts = ['a', 'b'].map((id) => ({ Put: { TableName: 'Things', Item: thing(id, '1') } }));
    things.ask('TransactWriteItems', { TransactItems: puts });
    things.ask('BatchWriteItem', { RequestItems: { Things: [{ PutRequest: { Item: thing('c', '1') } }] } });
    const condition = { ConditionExpression: 'attribute_not_exists(id)' };
    things.errorOf('PutItem', { TableName: 'Things', Item: thing('a', '9'), ...condition });
    things.errorOf('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Things', Item: thing('d', '1') } },
        { Put: { ...puts[0]?.Put, ...condition } },
      ],
    });
    expect(things.changes().map((change) => imagesOf(change)[1])).toEqual(['a', 'b', 'c']);
  });

  it('DD-19 streams no write that leaves its item as it was', () => {
    const things = new StreamedThings();
    things.put('a', '1');
    things.put('a', '1');
    things.remove('nowhere');
    expect(things.changes()).toHaveLength(1);
  });

  it.each([
    ['KEYS_ONLY', [undefined, undefined]],
    ['NEW_IMAGE', [undefined, '2']],
    ['OLD_IMAGE', ['1', undefined]],
    ['NEW_AND_OLD_IMAGES', ['1', '2']],
  ])('DD-18 shows of an item what %s says, and its keys always', (view, images) => {
    const things = new StreamedThings(view);
    things.put('a', '1');
    things.put('a', '2');
    expect(things.changes().map(imagesOf)[1]).toEqual(['MODIFY', 'a', ...images]);
  });

  it('DD-18 hands out records as functions get them', () => {
    const things = new StreamedThings();
    things.nowMs = 1_900;
    things.call('PutItem', { TableName: 'Things', Item: { id: { S: 'a' }, b: { B: new Uint8Array([1, 2]) } } });
    const [item] = things.handedOut().items;
    const image = { id: { S: 'a' }, b: { B: 'AQI=' } };
    expect(item?.record).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_601,
        Keys: { id: { S: 'a' } },
        NewImage: image,
        SequenceNumber: item?.id,
        SizeBytes: 9,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: ARN,
    });
    expect(item).toMatchObject({ arrivedAtMs: 1_900, expiresAtMs: 1_900 + 24 * HOUR_MS, position: item?.id });
  });

  it('DD-20 gives each part of its lane the changes of its items', () => {
    const things = new StreamedThings();
    for (const id of ['a', 'b', 'c', 'd', 'e']) things.put(id, '1');
    for (const id of ['a', 'b', 'c', 'd', 'e']) things.put(id, '2');
    const seen = [0, 1].map((place) =>
      things.handedOut({ part: { place, of: 2 } }).items.map(({ record }) => String(imagesOf(record)[1])),
    );
    expect(seen.flat().sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd', 'e', 'e']);
    for (const [place, ids] of seen.entries())
      for (const id of ids) expect(placeOfKey(JSON.stringify({ id: { S: id } }), 2)).toBe(place);
  });

  it('tells its readers of the keys that have changed, once for each call', () => {
    const things = new StreamedThings();
    const puts = ['a', 'b'].map((id) => ({ Put: { TableName: 'Things', Item: thing(id, '1') } }));
    const { effects } = things.call('TransactWriteItems', { TransactItems: puts });
    const keys = ['a', 'b'].map((S) => JSON.stringify({ id: { S } }));
    expect(sentIn(effects, 'available').map(({ request }) => request)).toEqual([
      { kind: 'available', source: ARN, lane: LANE, isAtOnce: false, after: [], keys },
    ]);
    things.take(ARN, { kind: 'watch', reader: null });
    expect(sentIn(things.put('c', '1').effects, 'available')).toEqual([]);
  });

  it('is described with its stream, and found by the stream’s ARN', () => {
    const things = new StreamedThings('KEYS_ONLY');
    expect(things.ask('DescribeTable', { TableName: 'Things' }).Table).toMatchObject({
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      LatestStreamArn: ARN,
      LatestStreamLabel: LABEL,
    });
    expect(things.describe(ARN).is).toMatchObject({
      shownName: 'changes of Things',
      lanes: [{ name: LANE, after: [], latest: null }],
      batchInfoMember: 'DDBStreamBatchInfo',
    });
    expect(things.describe(TABLE_ARN).refusal).toMatchObject({
      error: { message: `Unrecognized event source: ${TABLE_ARN}` },
    });
    expect(things.describe(`${ARN}9`).refusal).toMatchObject({ error: { message: `Stream not found: ${ARN}9` } });
  });

  it('has records that a poll depends on, also if they come after it', () => {
    const things = new StreamedThings();
    const poll = things.copy().take(ARN, { kind: 'poll', mapping: `${MAPPINGS}m1`, lane: LANE, from: null, most: 10 });
    const put = things.copy().call('PutItem', { TableName: 'Things', Item: thing('a', '1') });
    const other = things.copy().call('PutItem', { TableName: 'Things', Item: thing('b', '1') });
    expect(conflict(poll.footprint, put.footprint)).toBe(true);
    expect(conflict(put.footprint, other.footprint)).toBe(true);
  });

  it('has a view type exactly if it is enabled', () => {
    const error = (StreamSpecification: Members) =>
      new DynamoDBForTests().errorOf('CreateTable', { ...THINGS, StreamSpecification }).code;
    expect(error({ StreamEnabled: true })).toBe('ValidationException');
    expect(error({ StreamEnabled: false, StreamViewType: 'KEYS_ONLY' })).toBe('ValidationException');
    expect(error({ StreamEnabled: true, StreamViewType: 'ALL' })).toBe('ValidationException');
    const off = new DynamoDBForTests();
    off.ask('CreateTable', { ...THINGS, StreamSpecification: { StreamEnabled: false } });
    expect(off.ask('DescribeTable', { TableName: 'Things' }).Table).not.toHaveProperty('LatestStreamArn');
  });
});
