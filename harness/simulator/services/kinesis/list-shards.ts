/**
 * `ListShards`: which shards a stream has, filtered and in pages, and how a shard is described (KI-09).
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { unreachable } from '../../kernel/bug.ts';
import { streamPath } from './footprints.ts';
import type { StreamOperated } from './messages.ts';
import { openToken, sealToken } from './opaque-token.ts';
import { argumentNotValid, listTokenExpired, memberBroken } from './refusal.ts';
import { instantIn, MEMBERS_OF_STREAMS, shardIdIn, shardNumberOf, streamIn, streamNamed } from './request.ts';
import { expiredUntilMs, isExpired } from './retention.ts';
import { lastSequenceNumberOf, sequenceNumberOf } from './sequence-number.ts';
import type { DataStream, KinesisState, StreamShard } from './state.ts';
import { secondsOf, type Times } from './times.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html */
const MOST_LISTED = 1_000;
const TOKEN_LIVES_MS = 300_000;
const MEMBERS = [
  ...['StreamName', 'StreamARN', 'NextToken', 'ExclusiveStartShardId', 'MaxResults'],
  ...['StreamCreationTimestamp', 'ShardFilter'],
];

/** `ListShards`. */
export function listShards(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('ListShards', input, MEMBERS);
  const most = Math.min(
    MOST_LISTED,
    MEMBERS_OF_STREAMS.integer(input, 'MaxResults', { min: 1, max: 10_000 }) ?? MOST_LISTED,
  );
  const { stream, behind, filter } = asked(state, input, times);
  const all = filtered(stream, filter, times);
  const { page, rest } = pageOfShards(stream, all, { ExclusiveStartShardId: behind }, most);
  const last = page.at(-1)?.id;
  const token = rest && last !== undefined ? { NextToken: sealToken([stream.name, last, filter, times.nowMs]) } : {};
  const output = { Shards: describedShards(stream, page), ...token };
  return { output, footprint: { reads: [streamPath(stream.name)], writes: [] } };
}

interface AskedForShards {
  readonly stream: DataStream;
  readonly behind: unknown;
  readonly filter: ShardFilter;
}

/** A token says what the first request asked for; with it, nothing else may be said. */
function asked(state: KinesisState, input: Input, times: Times): AskedForShards {
  const token = MEMBERS_OF_STREAMS.optionalText(input, 'NextToken');
  if (token === undefined) {
    if (!isGiven(input.StreamName) && !isGiven(input.StreamARN))
      throw argumentNotValid('Either NextToken or StreamName should be provided.');
    const stream = streamIn(state, input);
    const createdMs = instantIn(input, 'StreamCreationTimestamp');
    if (createdMs !== undefined && createdMs !== times.epochMs + stream.createdAtMs)
      throw argumentNotValid(
        `Stream ${stream.name} was not created at ${secondsOf(createdMs - times.epochMs, times)}.`,
      );
    return { stream, behind: input.ExclusiveStartShardId, filter: filterIn(input, times) };
  }
  if (['StreamName', 'StreamCreationTimestamp', 'ExclusiveStartShardId'].some((member) => isGiven(input[member])))
    throw argumentNotValid('NextToken and StreamName cannot be provided together.');
  const [name, behind, filter, atMs] = openToken(token) ?? [];
  if (typeof name !== 'string' || typeof atMs !== 'number') throw argumentNotValid('NextToken is invalid.');
  if (times.nowMs - atMs > TOKEN_LIVES_MS) throw listTokenExpired();
  return { stream: streamNamed(state, name), behind, filter: filter as ShardFilter };
}

/** `atMs` is virtual time. */
type ShardFilter =
  | { readonly type: 'AT_TRIM_HORIZON' | 'FROM_TRIM_HORIZON' | 'AT_LATEST' }
  | { readonly type: 'AFTER_SHARD_ID'; readonly shard: number }
  | { readonly type: 'AT_TIMESTAMP' | 'FROM_TIMESTAMP'; readonly atMs: number };

const FILTERS = [
  ...(['AFTER_SHARD_ID', 'AT_TRIM_HORIZON', 'FROM_TRIM_HORIZON'] as const),
  ...(['AT_LATEST', 'AT_TIMESTAMP', 'FROM_TIMESTAMP'] as const),
];

function filterIn(input: Input, { epochMs }: Times): ShardFilter {
  if (!isGiven(input.ShardFilter)) return { type: 'FROM_TRIM_HORIZON' };
  const given = MEMBERS_OF_STREAMS.record(input, 'ShardFilter');
  const type = MEMBERS_OF_STREAMS.oneOf(given, 'Type', FILTERS);
  if (type === undefined) throw memberBroken(null, 'shardFilter.type', 'not be null');
  switch (type) {
    case 'AFTER_SHARD_ID': {
      const shard = shardNumberOf(shardIdIn(given, 'ShardId'));
      if (shard === null) throw argumentNotValid(`ShardId ${asTold(given.ShardId)} in ShardFilter is invalid.`);
      return { type, shard };
    }
    case 'AT_TIMESTAMP':
    case 'FROM_TIMESTAMP': {
      const at = instantIn(given, 'Timestamp');
      if (at === undefined) throw argumentNotValid(`ShardFilter of type ${type} needs a Timestamp.`);
      return { type, atMs: at - epochMs };
    }
    default:
      return { type };
  }
}

function filtered(stream: DataStream, filter: ShardFilter, { nowMs }: Times): readonly StreamShard[] {
  const listed = stream.shards.filter((shard) => !isExpired(stream, shard, nowMs));
  const horizonMs = expiredUntilMs(stream, nowMs);
  switch (filter.type) {
    case 'FROM_TRIM_HORIZON':
      return listed;
    case 'AT_LATEST':
      return listed.filter(({ closedAtMs }) => closedAtMs === null);
    case 'AFTER_SHARD_ID':
      return listed.filter(({ number }) => number > filter.shard);
    case 'AT_TRIM_HORIZON':
      return listed.filter(({ openedAtMs }) => openedAtMs <= Math.max(horizonMs, stream.createdAtMs));
    case 'AT_TIMESTAMP':
      return listed.filter(
        ({ openedAtMs, closedAtMs }) => openedAtMs <= filter.atMs && (closedAtMs === null || closedAtMs >= filter.atMs),
      );
    case 'FROM_TIMESTAMP':
      return listed.filter(({ closedAtMs }) => closedAtMs === null || closedAtMs >= filter.atMs);
    default:
      return unreachable(filter, 'filter of shards');
  }
}

/** At most `most` shards behind `ExclusiveStartShardId`, and whether there are more. */
export function pageOfShards(
  stream: DataStream,
  all: readonly StreamShard[],
  input: Input,
  most: number,
): { readonly page: readonly StreamShard[]; readonly rest: boolean } {
  let behind = -1;
  if (isGiven(input.ExclusiveStartShardId)) {
    const number = shardNumberOf(shardIdIn(input, 'ExclusiveStartShardId'));
    if (number === null)
      throw argumentNotValid(
        `ExclusiveStartShardId ${asTold(input.ExclusiveStartShardId)} of stream ${stream.name} is invalid.`,
      );
    behind = number;
  }
  const left = all.filter(({ number }) => number > behind);
  return { page: left.slice(0, most), rest: left.length > most };
}

/** Shards as AWS describes them. */
export function describedShards({ generation }: DataStream, shards: readonly StreamShard[]): readonly object[] {
  return shards.map(({ id, number, range, parents: [parent, adjacent], closedAtMs }) => {
    const beginning = sequenceNumberOf({ generation, shard: number, index: 0 });
    return {
      ShardId: id,
      ...(parent === undefined ? {} : { ParentShardId: parent }),
      ...(adjacent === undefined ? {} : { AdjacentParentShardId: adjacent }),
      HashKeyRange: { StartingHashKey: String(range.start), EndingHashKey: String(range.end) },
      SequenceNumberRange: {
        StartingSequenceNumber: beginning,
        ...(closedAtMs === null ? {} : { EndingSequenceNumber: lastSequenceNumberOf({ generation, shard: number }) }),
      },
    };
  });
}
