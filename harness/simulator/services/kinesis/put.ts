/**
 * `PutRecord` and `PutRecords`: which shard takes a record, and where in it (KI-01 to KI-03, KI-16).
 */

import type { Input } from '../../contract/answer.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import type { Refusal } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { fromUtf8, toUtf8, utf8Length } from '../../contract/utf8.ts';
import { endPath, readerPath, recordPath, streamPath } from './footprints.ts';
import { HASH_KEYS, hashKeyOf } from './hash-key.ts';
import { takesRecord } from './limits.ts';
import type { KinesisEffect, StreamOperated } from './messages.ts';
import { newsOfShard } from './news.ts';
import { argumentNotValid, memberBroken, rateExceeded, rateExceededWords } from './refusal.ts';
import { checkText, HASH_KEY, inWords, MEMBERS_OF_STREAMS, streamIn, streamMembers } from './request.ts';
import { openShardOf } from './reshard.ts';
import { dropExpired } from './retention.ts';
import { readSequenceNumber, sequenceNumberOf } from './sequence-number.ts';
import { type DataStream, type KinesisState, type StreamRecord, type StreamShard, shownStream } from './state.ts';

/** KI-01. */
const MOST_KEY_CHARACTERS = 256;
/** KI-03. */
const MOST_RECORDS = 500;
const MOST_BYTES = 10_485_760;

/** Who puts, and when. */
export interface Putting {
  readonly by: Actor;
  readonly nowMs: number;
  readonly isTimed: boolean;
}

/** A record on its way into a stream. */
interface EnteringRecord {
  readonly partitionKey: string;
  readonly hashKey: bigint;
  readonly data: Uint8Array;
  readonly sizeBytes: number;
}

/** `PutRecord`. */
export function putRecord(state: KinesisState, input: Input, putting: Putting): StreamOperated {
  checkMembers('PutRecord', input, [
    ...['StreamName', 'StreamARN', 'Data', 'PartitionKey', 'ExplicitHashKey', 'SequenceNumberForOrdering'],
  ]);
  const stream = streamIn(state, input);
  const entering = readRecord(stream, input, '');
  checkOrdering(state, stream, input);
  const shard = openShardOf(stream, entering.hashKey);
  if (!takesRecord(shard, entering.sizeBytes, putting)) throw rateExceeded(shard.id, inWords(state, stream.name));
  const { record, effects, footprint } = append(state, stream, shard, entering, putting);
  const news = newsOfShard(state, stream, shard, [entering.partitionKey]);
  const output = { ShardId: shard.id, SequenceNumber: record.sequenceNumber };
  return { output, effects: [...effects, ...news], footprint };
}

/** `PutRecords`: each record goes its own way, and the answer tells of each (KI-03). */
export function putRecords(state: KinesisState, input: Input, putting: Putting): StreamOperated {
  checkMembers('PutRecords', input, ['StreamName', 'StreamARN', 'Records']);
  const given = MEMBERS_OF_STREAMS.records(input, 'Records');
  if (given.length === 0) throw recordsBroken('have length greater than or equal to 1');
  if (given.length > MOST_RECORDS) throw recordsBroken(`have length less than or equal to ${MOST_RECORDS}`);
  const stream = streamIn(state, input);
  const entering = given.map((record, place) => {
    checkMembers('Records of PutRecords', record, ['Data', 'PartitionKey', 'ExplicitHashKey']);
    return readRecord(stream, record, `records.${place + 1}.member.`);
  });
  if (entering.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > MOST_BYTES)
    throw argumentNotValid(`Records size exceeds ${MOST_BYTES / 1_048_576} MB limit`);
  const keys = new Map<StreamShard, string[]>();
  const effects: KinesisEffect[] = [];
  let footprint: Footprint = { reads: [], writes: [] };
  const Records = entering.map((one) => {
    const shard = openShardOf(stream, one.hashKey);
    if (!takesRecord(shard, one.sizeBytes, putting))
      return failedRecord(rateExceededWords(shard.id, inWords(state, stream.name)));
    const put = append(state, stream, shard, one, putting);
    keys.set(shard, [...(keys.get(shard) ?? []), one.partitionKey]);
    effects.push(...put.effects);
    footprint = joined(footprint, put.footprint);
    return { SequenceNumber: put.record.sequenceNumber, ShardId: shard.id };
  });
  for (const [shard, put] of keys) effects.push(...newsOfShard(state, stream, shard, put));
  const FailedRecordCount = Records.filter((record) => 'ErrorCode' in record).length;
  return { output: { FailedRecordCount, Records }, effects, footprint };
}

/** The result of a record that its shard had no room for. */
function failedRecord(message: string): { readonly ErrorCode: string; readonly ErrorMessage: string } {
  return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: message };
}

function recordsBroken(constraint: string): Refusal {
  return memberBroken('[com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry]', 'records', constraint);
}

/** Reads a record from a request; `within` is the path of the list entry that holds it. */
function readRecord(stream: DataStream, input: Input, within: string): EnteringRecord {
  const members = streamMembers(within);
  const { Data: data } = input;
  if (!(data instanceof Uint8Array)) throw memberBroken(null, `${within}data`, 'not be null');
  const partitionKey = checkText(members.text(input, 'PartitionKey'), `${within}partitionKey`, {
    ...{ min: 1, max: MOST_KEY_CHARACTERS },
  });
  const sizeBytes = data.byteLength + utf8Length(partitionKey);
  if (sizeBytes > stream.mostRecordBytes)
    throw memberBroken(
      `java.nio.HeapByteBuffer[pos=0 lim=${data.byteLength} cap=${data.byteLength}]`,
      `${within}data`,
      `have length less than or equal to ${stream.mostRecordBytes}`,
    );
  return { partitionKey, hashKey: hashKeyIn(input, within) ?? hashKeyOf(partitionKey), data, sizeBytes };
}

/** The hash key that a record gives itself (KI-01); null if it leaves that to its partition key. */
function hashKeyIn(input: Input, within: string): bigint | null {
  const text = streamMembers(within).optionalText(input, 'ExplicitHashKey');
  if (text === undefined) return null;
  const hashKey = BigInt(checkText(text, `${within}explicitHashKey`, HASH_KEY));
  if (hashKey >= HASH_KEYS)
    throw argumentNotValid(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${text}`,
    );
  return hashKey;
}

/** KI-02: sequence numbers of a shard grow anyway, so what is asked for holds. A number of another stream is refused. */
function checkOrdering({ accountId }: KinesisState, stream: DataStream, input: Input): void {
  if (!isGiven(input.SequenceNumberForOrdering)) return;
  const text = MEMBERS_OF_STREAMS.text(input, 'SequenceNumberForOrdering');
  if (readSequenceNumber(text)?.generation !== stream.generation)
    throw argumentNotValid(
      `ExclusiveMinimumSequenceNumber ${text} used in PutRecord on stream ${stream.name} under account ${accountId} is invalid.`,
    );
}

/** Puts a record at the end of its shard. */
function append(
  state: KinesisState,
  stream: DataStream,
  shard: StreamShard,
  { partitionKey, data, sizeBytes }: EnteringRecord,
  { by, nowMs }: Putting,
): { readonly record: StreamRecord; readonly effects: readonly KinesisEffect[]; readonly footprint: Footprint } {
  dropExpired(stream, shard, nowMs);
  shard.count += 1;
  const index = shard.count;
  const sequenceNumber = sequenceNumberOf({ generation: stream.generation, shard: shard.number, index });
  const record = { index, sequenceNumber, partitionKey, data, arrivedAtMs: nowMs, sizeBytes };
  shard.records.push(record);
  const event = {
    kind: 'stream-record-put',
    ...{ stream: shownStream(state, stream.name), shardId: shard.id },
    ...{ sequenceNumber, partitionKey, data: textOf(data) },
  } as const;
  const { name } = stream;
  const footprint = {
    reads: [streamPath(name), readerPath(name)],
    writes: [endPath(name, shard.id), recordPath(name, shard.id, index)],
  };
  return { record, effects: [{ kind: 'note', by, event }], footprint };
}

/** The text of these bytes; null if they are none. */
function textOf(data: Uint8Array): string | null {
  const text = fromUtf8(data);
  const back = toUtf8(text);
  return back.length === data.length && back.every((byte, place) => byte === data[place]) ? text : null;
}
