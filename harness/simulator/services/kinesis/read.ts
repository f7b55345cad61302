/**
 * `GetShardIterator` and `GetRecords`: reading one shard in order, from a place in it (KI-06, KI-08, KI-09).
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { endPath, recordPaths, streamPath } from './footprints.ts';
import { answersRead, countRead, MOST_BYTES_READ } from './limits.ts';
import type { StreamOperated } from './messages.ts';
import { openToken, sealToken } from './opaque-token.ts';
import {
  argumentNotValid,
  iteratorExpired,
  iteratorNotValid,
  memberBroken,
  rateExceeded,
  shardDoesNotExist,
} from './refusal.ts';
import { instantIn, inWords, MEMBERS_OF_STREAMS, shardIdIn, shardNumberOf, streamIn, streamNamed } from './request.ts';
import { recordsFrom } from './retention.ts';
import { readSequenceNumber } from './sequence-number.ts';
import { type DataStream, type KinesisState, type StreamRecord, type StreamShard, shownStream } from './state.ts';
import { instantInWords, secondsOf, type Times } from './times.ts';

/** KI-08. */
const ITERATOR_LIVES_MS = 300_000;
/** KI-06. */
const MOST_RECORDS_READ = 10_000;
const TYPES = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] as const;

/** Who reads, and when. */
export interface Reading extends Times {
  readonly by: Actor;
  readonly isTimed: boolean;
}

/** A place in a shard: the index of the next record that is read. */
interface ShardPlace {
  readonly stream: DataStream;
  readonly shard: StreamShard;
  readonly index: number;
}

/** `GetShardIterator`. */
export function getShardIterator(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('GetShardIterator', input, [
    ...['StreamName', 'StreamARN', 'ShardId', 'ShardIteratorType', 'StartingSequenceNumber', 'Timestamp'],
  ]);
  const id = shardIdIn(input, 'ShardId');
  const type = MEMBERS_OF_STREAMS.oneOf(input, 'ShardIteratorType', TYPES);
  if (type === undefined) throw memberBroken(null, 'shardIteratorType', 'not be null');
  const stream = streamIn(state, input);
  const number = shardNumberOf(id);
  const shard = number === null ? undefined : stream.shards[number];
  if (shard === undefined) throw shardDoesNotExist(id, inWords(state, stream.name));
  const index = firstIndex(state, { stream, shard }, type, input, times);
  // A place that follows from the end of the shard depends on what has arrived by now.
  const isOfEnd = type === 'LATEST' || type === 'AT_TIMESTAMP';
  const reads = [streamPath(stream.name), ...(isOfEnd ? [endPath(stream.name, shard.id)] : [])];
  return { output: { ShardIterator: iteratorAt({ stream, shard, index }, times) }, footprint: { reads, writes: [] } };
}

function firstIndex(
  state: KinesisState,
  { stream, shard }: Omit<ShardPlace, 'index'>,
  type: (typeof TYPES)[number],
  input: Input,
  times: Times,
): number {
  const isBySequence = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (isBySequence !== isGiven(input.StartingSequenceNumber))
    throw argumentNotValid(
      `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${isBySequence ? 'no' : 'also a'} StartingSequenceNumber.`,
    );
  switch (type) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return shard.count + 1;
    case 'AT_TIMESTAMP':
      return indexAt(shard, input, times);
    default: {
      const index = indexOfSequence(state, { stream, shard }, input);
      return type === 'AT_SEQUENCE_NUMBER' ? index : index + 1;
    }
  }
}

/** The first record that arrived at the instant that a request gives, or later. */
function indexAt({ records, count }: StreamShard, input: Input, { epochMs, nowMs }: Times): number {
  const given = instantIn(input, 'Timestamp');
  if (given === undefined) throw argumentNotValid('Must specify a Timestamp with AT_TIMESTAMP.');
  if (given > epochMs + nowMs)
    throw argumentNotValid(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${given}, currentTimestampInMillis: ${epochMs + nowMs}`,
    );
  return records.find(({ arrivedAtMs }) => epochMs + arrivedAtMs >= given)?.index ?? count + 1;
}

function indexOfSequence(
  { accountId }: KinesisState,
  { stream, shard }: Omit<ShardPlace, 'index'>,
  input: Input,
): number {
  const text = MEMBERS_OF_STREAMS.text(input, 'StartingSequenceNumber');
  const place = readSequenceNumber(text);
  const where = `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${accountId} is invalid`;
  if (place === null) throw argumentNotValid(`${where}.`);
  if (place.generation !== stream.generation)
    throw argumentNotValid(`${where} because it did not come from this stream.`);
  if (place.shard !== shard.number)
    throw argumentNotValid(
      `Invalid StartingSequenceNumber. It encodes shardId-${String(place.shard).padStart(12, '0')}, while it was used in a call to a shard with ${shard.id}`,
    );
  return place.index;
}

function iteratorAt({ stream, shard, index }: ShardPlace, { nowMs }: Times): string {
  return sealToken([stream.name, stream.generation, shard.number, index, nowMs]);
}

/** The place that an iterator stands for. */
function placeOfIterator(state: KinesisState, iterator: string, times: Times): ShardPlace {
  const [name, generation, number, index, atMs] = openToken(iterator) ?? [];
  const isWhole = [generation, number, index, atMs].every((value) => typeof value === 'number');
  if (typeof name !== 'string' || !isWhole) throw iteratorNotValid();
  if (times.nowMs - Number(atMs) > ITERATOR_LIVES_MS)
    throw iteratorExpired(instantInWords(Number(atMs), times), instantInWords(times.nowMs, times), ITERATOR_LIVES_MS);
  const stream = streamNamed(state, name);
  const shard = stream.shards[Number(number)];
  if (shard === undefined || stream.generation !== generation)
    throw shardDoesNotExist(`shardId-${String(number).padStart(12, '0')}`, inWords(state, name));
  return { stream, shard, index: Number(index) };
}

/** `GetRecords`: at most 10,000 records and 10 MB, in order, and where to read on. */
export function getRecords(state: KinesisState, input: Input, reading: Reading): StreamOperated {
  checkMembers('GetRecords', input, ['ShardIterator', 'Limit', 'StreamARN']);
  const limit = MEMBERS_OF_STREAMS.integer(input, 'Limit', { min: 1, max: MOST_RECORDS_READ }) ?? MOST_RECORDS_READ;
  const { stream, shard, index } = placeOfIterator(state, MEMBERS_OF_STREAMS.text(input, 'ShardIterator'), reading);
  if (isGiven(input.StreamARN) && streamIn(state, input) !== stream) throw iteratorNotValid();
  const { nowMs, by } = reading;
  if (!answersRead(shard, nowMs)) throw rateExceeded(shard.id, inWords(state, stream.name));
  const [records, left] = readable(stream, shard, index, limit, nowMs);
  const last = records.at(-1);
  countRead(shard, sizeOf(records), reading);
  const next = last === undefined ? index : last.index + 1;
  const isEnd = left === 0 && shard.closedAtMs !== null;
  const output = {
    Records: records.map((record) => described(record, reading)),
    ...(isEnd
      ? { ChildShards: childrenOf(stream, shard) }
      : { NextShardIterator: iteratorAt({ stream, shard, index: next }, reading) }),
    MillisBehindLatest: left === 0 || last === undefined ? 0 : nowMs - last.arrivedAtMs,
  };
  const event = {
    kind: 'stream-records-read',
    ...{ stream: shownStream(state, stream.name), shardId: shard.id, by },
    sequenceNumbers: records.map(({ sequenceNumber }) => sequenceNumber),
  } as const;
  const footprint = { reads: [streamPath(stream.name), ...pathsOfRead(stream, shard, index, next, left)], writes: [] };
  return { output, footprint, effects: records.length === 0 ? [] : [{ kind: 'note', by, event }] };
}

/** The records that one read gives, and how many more there are. */
export function readable(
  stream: DataStream,
  shard: StreamShard,
  index: number,
  most: number,
  nowMs: number,
): readonly [records: readonly StreamRecord[], left: number] {
  const all = recordsFrom(stream, shard, index, { most, nowMs });
  let bytes = 0;
  const fitting = all.findIndex(({ sizeBytes }) => {
    bytes += sizeBytes;
    return bytes > MOST_BYTES_READ;
  });
  const records = fitting < 0 ? all : all.slice(0, Math.max(1, fitting));
  const last = records.at(-1);
  return [records, last === undefined ? 0 : shard.count - last.index];
}

/** A read looks at the records that it gives, and at the one after them: whether it is there. */
export function pathsOfRead(
  { name }: DataStream,
  { id, count }: StreamShard,
  from: number,
  next: number,
  left: number,
): readonly string[] {
  const last = left === 0 ? Math.max(next, count + 1) : next;
  return recordPaths(name, id, Math.min(Math.max(1, from), last), last);
}

function sizeOf(records: readonly StreamRecord[]): number {
  return records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function described({ sequenceNumber, partitionKey, data, arrivedAtMs }: StreamRecord, times: Times): object {
  return {
    ...{ SequenceNumber: sequenceNumber, PartitionKey: partitionKey, Data: data },
    ApproximateArrivalTimestamp: secondsOf(arrivedAtMs, times),
  };
}

/** What a reader of a closed shard reads after it (KI-09). */
function childrenOf({ shards }: DataStream, { id }: StreamShard): readonly object[] {
  return shards
    .filter(({ parents }) => parents.includes(id))
    .map(({ id: ShardId, parents, range }) => ({
      ...{ ShardId, ParentShards: parents },
      HashKeyRange: { StartingHashKey: String(range.start), EndingHashKey: String(range.end) },
    }));
}
