/**
 * Operations on streams as a whole: create, delete, describe, list, and how long their records are kept (KI-10, KI-12).
 *
 * Streams change at once: AWS's transitional states take no time here.
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { consumersPath, contentsPath, STREAM_NAMES, streamPath } from './footprints.ts';
import { uniformRanges } from './hash-key.ts';
import { describedShards, pageOfShards } from './list-shards.ts';
import type { StreamOperated } from './messages.ts';
import { argumentNotValid, memberBroken, streamExists, streamHasConsumers } from './refusal.ts';
import { inWords, MEMBERS_OF_STREAMS, streamIn, streamNameIn } from './request.ts';
import { dropExpired } from './retention.ts';
import { type DataStream, type KinesisState, newShard, openShards, type StreamMode } from './state.ts';
import { checkTags, tagsIn } from './tags.ts';
import { secondsOf, type Times } from './times.ts';

/** KI-11. */
const SHARDS_ON_DEMAND = 4;
const MOST_SHARDS = 100_000;
/** KI-10. */
const LEAST_RETENTION_HOURS = 24;
const MOST_RETENTION_HOURS = 8_760;
/** KI-03: 1 MiB unless the stream says otherwise, up to 10 MiB. */
const RECORD_KIB = { least: 1_024, most: 10_240 };

const ADDRESS = ['StreamName', 'StreamARN'];

/** `CreateStream`. */
export function createStream(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  checkMembers('CreateStream', input, [
    ...['StreamName', 'ShardCount', 'StreamModeDetails', 'Tags', 'MaxRecordSizeInKiB'],
  ]);
  const name = streamNameIn(input);
  const mode = modeIn(input);
  const count = MEMBERS_OF_STREAMS.integer(input, 'ShardCount', { min: 1, max: MOST_SHARDS });
  if (mode === 'PROVISIONED' && count === undefined) throw memberBroken(null, 'shardCount', 'not be null');
  if (mode === 'ON_DEMAND' && count !== undefined)
    throw argumentNotValid('ShardCount must not be given for a stream in On-Demand mode.');
  const { least: min, most: max } = RECORD_KIB;
  const recordKib = MEMBERS_OF_STREAMS.integer(input, 'MaxRecordSizeInKiB', { min, max }) ?? min;
  const tags = isGiven(input.Tags) ? tagsIn(input) : new Map<string, string>();
  if (state.streams.has(name)) throw streamExists(inWords(state, name));
  const ranges = uniformRanges(mode === 'ON_DEMAND' ? SHARDS_ON_DEMAND : (count ?? 1));
  const generation = (state.generations.get(name) ?? 0) + 1;
  const stream: DataStream = {
    ...{ name, arn: `arn:aws:kinesis:${state.region}:${state.accountId}:stream/${name}`, generation, mode },
    ...{ createdAtMs: nowMs, mostRecordBytes: recordKib * 1_024, retentionHours: LEAST_RETENTION_HOURS },
    shards: ranges.map((range, number) => newShard(number, range, { parents: [], nowMs })),
    ...{ tags: new Map<string, string>(), countUpdatesAtMs: [], reader: null, consumers: new Map() },
  };
  checkTags(state, stream, tags);
  for (const [key, value] of tags) stream.tags.set(key, value);
  state.generations.set(name, generation);
  state.streams.set(name, stream);
  return { output: {}, footprint: { reads: [], writes: [STREAM_NAMES, streamPath(name), contentsPath(name)] } };
}

function modeIn(input: Input): StreamMode {
  if (!isGiven(input.StreamModeDetails)) return 'PROVISIONED';
  const details = MEMBERS_OF_STREAMS.record(input, 'StreamModeDetails');
  const mode = MEMBERS_OF_STREAMS.oneOf(details, 'StreamMode', ['PROVISIONED', 'ON_DEMAND']);
  if (mode === undefined) throw memberBroken(null, 'streamModeDetails.streamMode', 'not be null');
  return mode;
}

/** `DeleteStream`. Consumers go with their stream, if the call says that they may (KI-17). */
export function deleteStream(state: KinesisState, input: Input): StreamOperated {
  checkMembers('DeleteStream', input, [...ADDRESS, 'EnforceConsumerDeletion']);
  const { name, consumers } = streamIn(state, input);
  if (consumers.size > 0 && input.EnforceConsumerDeletion !== true) throw streamHasConsumers(inWords(state, name));
  state.streams.delete(name);
  return { output: {}, footprint: { reads: [], writes: [STREAM_NAMES, streamPath(name), contentsPath(name)] } };
}

/** `DescribeStreamSummary`. */
export function describeStreamSummary(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('DescribeStreamSummary', input, ADDRESS);
  const stream = streamIn(state, input);
  const summary = {
    ...describedStream(stream, times),
    OpenShardCount: openShards(stream).length,
    ConsumerCount: stream.consumers.size,
    MaxRecordSizeInKiB: stream.mostRecordBytes / 1_024,
  };
  const reads = [streamPath(stream.name), consumersPath(stream.name)];
  return { output: { StreamDescriptionSummary: summary }, footprint: { reads, writes: [] } };
}

/** `DescribeStream`: the same, with a page of its shards. */
export function describeStream(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('DescribeStream', input, [...ADDRESS, 'Limit', 'ExclusiveStartShardId']);
  const stream = streamIn(state, input);
  const most = MEMBERS_OF_STREAMS.integer(input, 'Limit', { min: 1, max: 10_000 }) ?? 100;
  const { page, rest } = pageOfShards(stream, stream.shards, input, most);
  const StreamDescription = {
    ...describedStream(stream, times),
    Shards: describedShards(stream, page),
    HasMoreShards: rest,
  };
  return { output: { StreamDescription }, footprint: { reads: [streamPath(stream.name)], writes: [] } };
}

function describedStream({ name, arn, mode, retentionHours, createdAtMs }: DataStream, times: Times): object {
  return {
    ...{ StreamName: name, StreamARN: arn, StreamStatus: 'ACTIVE', StreamModeDetails: { StreamMode: mode } },
    ...{ RetentionPeriodHours: retentionHours, StreamCreationTimestamp: secondsOf(createdAtMs, times) },
    ...{ EnhancedMonitoring: [{ ShardLevelMetrics: [] }], EncryptionType: 'NONE' },
  };
}

/** `ListStreams`, in pages that begin behind a name. */
export function listStreams(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('ListStreams', input, ['Limit', 'ExclusiveStartStreamName', 'NextToken']);
  const most = MEMBERS_OF_STREAMS.integer(input, 'Limit', { min: 1, max: 10_000 }) ?? 100;
  const behind = asTold(input.NextToken ?? input.ExclusiveStartStreamName ?? '');
  const all = [...state.streams.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => name > behind);
  const page = all.slice(0, most);
  const last = page.at(-1)?.name;
  const hasMore = all.length > page.length;
  const output = {
    StreamNames: page.map(({ name }) => name),
    HasMoreStreams: hasMore,
    ...(hasMore && last !== undefined ? { NextToken: last } : {}),
    StreamSummaries: page.map(({ name, arn, mode, createdAtMs }) => ({
      ...{ StreamName: name, StreamARN: arn, StreamStatus: 'ACTIVE', StreamModeDetails: { StreamMode: mode } },
      StreamCreationTimestamp: secondsOf(createdAtMs, times),
    })),
  };
  return { output, footprint: { reads: [STREAM_NAMES], writes: [] } };
}

/** `IncreaseStreamRetentionPeriod`. What has expired by then does not come back. */
export function increaseStreamRetentionPeriod(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  const { stream, hours } = retentionAsked(state, input, 'IncreaseStreamRetentionPeriod');
  if (stream.retentionHours > hours)
    throw argumentNotValid(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
    );
  return retain(stream, hours, nowMs);
}

/** `DecreaseStreamRetentionPeriod`. */
export function decreaseStreamRetentionPeriod(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  const { stream, hours } = retentionAsked(state, input, 'DecreaseStreamRetentionPeriod');
  if (stream.retentionHours < hours)
    throw argumentNotValid(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
    );
  return retain(stream, hours, nowMs);
}

function retentionAsked(
  state: KinesisState,
  input: Input,
  operation: string,
): { readonly stream: DataStream; readonly hours: number } {
  checkMembers(operation, input, [...ADDRESS, 'RetentionPeriodHours']);
  const hours = MEMBERS_OF_STREAMS.integer(input, 'RetentionPeriodHours', { min: -1_000_000, max: 1_000_000 });
  if (hours === undefined) throw memberBroken(null, 'retentionPeriodHours', 'not be null');
  const stream = streamIn(state, input);
  if (hours < LEAST_RETENTION_HOURS)
    throw argumentNotValid(
      `Minimum allowed retention period is ${LEAST_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too short.`,
    );
  if (hours > MOST_RETENTION_HOURS)
    throw argumentNotValid(
      `Maximum allowed retention period is ${MOST_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too long.`,
    );
  return { stream, hours };
}

function retain(stream: DataStream, hours: number, nowMs: number): StreamOperated {
  for (const shard of stream.shards) dropExpired(stream, shard, nowMs);
  stream.retentionHours = hours;
  for (const shard of stream.shards) dropExpired(stream, shard, nowMs);
  const writes = [streamPath(stream.name), contentsPath(stream.name)];
  return { output: {}, footprint: { reads: [], writes } };
}
