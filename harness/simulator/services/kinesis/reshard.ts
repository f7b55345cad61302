/**
 * Resharding: shards are closed, and others take their ranges of hash keys (KI-09, KI-10, KI-15).
 *
 * Everything that changes which shards a stream has is a split of one shard or a merge of two; `UpdateShardCount` is a series of them.
 * The records of a closed shard stay in it, and whoever reads them finds its children at its end.
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import { invariant } from '../../kernel/bug.ts';
import { contentsPath, streamPath } from './footprints.ts';
import { coversHashKey, uniformRanges } from './hash-key.ts';
import type { KinesisEffect, StreamOperated } from './messages.ts';
import { newsOfShard } from './news.ts';
import { argumentNotValid, couldNotFindShard, isOnDemand, limitExceeded, memberBroken } from './refusal.ts';
import { checkText, HASH_KEY, inWords, MEMBERS_OF_STREAMS, shardIdIn, shardNumberOf, streamIn } from './request.ts';
import {
  type DataStream,
  type HashKeyRange,
  type KinesisState,
  newShard,
  openShards,
  type StreamShard,
  shownStream,
} from './state.ts';
import type { Times } from './times.ts';

const ADDRESS = ['StreamName', 'StreamARN'];
/** KI-10. */
const MOST_UPDATES = 10;
const DAY_MS = 86_400_000;
const MOST_SHARDS = 10_000;

/** `SplitShard`: the second of the two new shards begins at the hash key that is given. */
export function splitShard(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  checkMembers('SplitShard', input, [...ADDRESS, 'ShardToSplit', 'NewStartingHashKey']);
  const asked = MEMBERS_OF_STREAMS.text(input, 'NewStartingHashKey');
  const at = BigInt(checkText(asked, 'newStartingHashKey', HASH_KEY));
  const stream = provisionedStreamIn(state, input);
  const shard = shardToChange(state, stream, input, 'ShardToSplit');
  const { start, end } = shard.range;
  const place = `in stream ${stream.name} under account ${state.accountId}`;
  if (at <= start + 1n || at >= end)
    throw argumentNotValid(
      `NewStartingHashKey ${asked} used in SplitShard() on shard ${shard.id} ${place} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
    );
  return resharded(state, stream, () => split(stream, shard, at, nowMs));
}

/** `MergeShards`: the second shard must begin where the first one ends. */
export function mergeShards(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  checkMembers('MergeShards', input, [...ADDRESS, 'ShardToMerge', 'AdjacentShardToMerge']);
  const stream = provisionedStreamIn(state, input);
  const first = shardToChange(state, stream, input, 'ShardToMerge');
  const second = shardToChange(state, stream, input, 'AdjacentShardToMerge');
  if (first.range.end + 1n !== second.range.start)
    throw argumentNotValid(
      `Shards ${first.id} and ${second.id} in stream ${stream.name} under account ${state.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  return resharded(state, stream, () => merge(stream, first, second, nowMs));
}

/** `UpdateShardCount`: the stream's hash keys are divided anew, by splits and merges. */
export function updateShardCount(state: KinesisState, input: Input, { nowMs }: Times): StreamOperated {
  checkMembers('UpdateShardCount', input, [...ADDRESS, 'TargetShardCount', 'ScalingType']);
  if (MEMBERS_OF_STREAMS.oneOf(input, 'ScalingType', ['UNIFORM_SCALING']) === undefined)
    throw memberBroken(null, 'scalingType', 'not be null');
  const target = MEMBERS_OF_STREAMS.integer(input, 'TargetShardCount', { min: 1, max: 100_000 });
  if (target === undefined) throw memberBroken(null, 'targetShardCount', 'not be null');
  const stream = provisionedStreamIn(state, input);
  const { length: current } = openShards(stream);
  checkTarget(stream, current, target, nowMs);
  const output = {
    ...{ StreamName: stream.name, StreamARN: stream.arn },
    ...{ CurrentShardCount: current, TargetShardCount: target },
  };
  stream.countUpdatesAtMs.push(nowMs);
  return { ...resharded(state, stream, () => divideAnew(stream, target, nowMs)), output };
}

function checkTarget(stream: DataStream, current: number, target: number, nowMs: number): void {
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  if (target > MOST_SHARDS)
    throw limitExceeded(`Target shard count or number of open shards cannot be greater than ${MOST_SHARDS}. ${counts}`);
  if (target > current * 2)
    throw limitExceeded(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  if (target < current / 2)
    throw limitExceeded(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
  const lately = stream.countUpdatesAtMs.filter((atMs) => atMs > nowMs - DAY_MS);
  if (lately.length >= MOST_UPDATES)
    throw limitExceeded(
      `UpdateShardCount cannot be called more than ${MOST_UPDATES} times in 24 hours for stream ${stream.name}.`,
    );
}

/** KI-13: AWS itself looks after the shards of a stream on demand. */
function provisionedStreamIn(state: KinesisState, input: Input): DataStream {
  const stream = streamIn(state, input);
  if (stream.mode === 'ON_DEMAND') throw isOnDemand(inWords(state, stream.name));
  return stream;
}

/** An open shard. A closed one can't be split or merged again. */
function shardToChange(state: KinesisState, stream: DataStream, input: Input, member: string): StreamShard {
  const id = shardIdIn(input, member);
  const number = shardNumberOf(id);
  const shard = number === null ? undefined : stream.shards[number];
  if (shard === undefined) throw couldNotFindShard(id, inWords(state, stream.name));
  if (shard.closedAtMs !== null)
    throw argumentNotValid(
      `Shard ${shard.id} in stream ${stream.name} under account ${state.accountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
    );
  return shard;
}

/** Changes the shards, and tells readers of those that are closed: their ends can be reached now. */
function resharded(state: KinesisState, stream: DataStream, change: () => void): StreamOperated {
  const before = openShards(stream);
  const { length: known } = stream.shards;
  change();
  const closed = before.filter(({ closedAtMs }) => closedAtMs !== null);
  const opened = stream.shards.slice(known);
  const event = {
    kind: 'stream-resharded',
    stream: shownStream(state, stream.name),
    ...{ closed: closed.map(({ id }) => id), opened: opened.map(({ id }) => id) },
  } as const;
  const note: KinesisEffect = { kind: 'note', by: event.stream, event };
  const footprint = { reads: [], writes: [streamPath(stream.name), contentsPath(stream.name)] };
  const ends = stream.shards.filter(
    ({ closedAtMs, number }) =>
      closedAtMs !== null && (number >= known || closed.some((shard) => shard.number === number)),
  );
  const news = ends.flatMap((shard) => newsOfShard(state, stream, shard));
  return { output: {}, footprint, effects: opened.length > 0 ? [note, ...news] : [] };
}

function split(stream: DataStream, shard: StreamShard, at: bigint, nowMs: number): void {
  const { start, end } = shard.range;
  replace(
    stream,
    [shard],
    [
      { start, end: at - 1n },
      { start: at, end },
    ],
    nowMs,
  );
}

function merge(stream: DataStream, first: StreamShard, second: StreamShard, nowMs: number): void {
  replace(stream, [first, second], [{ start: first.range.start, end: second.range.end }], nowMs);
}

function replace(
  stream: DataStream,
  closing: readonly StreamShard[],
  ranges: readonly HashKeyRange[],
  nowMs: number,
): void {
  for (const shard of closing) shard.closedAtMs = nowMs;
  const parents = closing.map(({ id }) => id);
  for (const range of ranges) stream.shards.push(newShard(stream.shards.length, range, { parents, nowMs }));
}

/** Splits shards where a new range begins, and merges what is left of each new range. Short-lived shards come of it, as on AWS. */
function divideAnew(stream: DataStream, target: number, nowMs: number): void {
  const ranges = uniformRanges(target);
  for (const { start } of ranges) {
    const shard = openShardOf(stream, start);
    if (shard.range.start !== start) split(stream, shard, start, nowMs);
  }
  for (const { start, end } of ranges) {
    let first = openShardOf(stream, start);
    while (first.range.end < end) {
      merge(stream, first, openShardOf(stream, first.range.end + 1n), nowMs);
      first = openShardOf(stream, start);
    }
  }
}

/** The open shard that takes records of this hash key. There is always exactly one. */
export function openShardOf({ name, shards }: DataStream, hashKey: bigint): StreamShard {
  const shard = shards.findLast(({ closedAtMs, range }) => closedAtMs === null && coversHashKey(range, hashKey));
  invariant(shard !== undefined, `no open shard of «${name}» takes ${hashKey}`);
  return shard;
}
