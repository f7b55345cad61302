/**
 * A stream as an event source: each shard is a lane that is read in order, and the shards that take its place come after it (KI-09, KE-17).
 *
 * A stream keeps no account of its readers: a mapping says from where it reads. What it acknowledges or hands back changes nothing.
 */

import { fail } from '../../contract/answer.ts';
import type { LaneDescription, Position, SourceRequest } from '../../contract/event-source.ts';
import { handedOutOf, recordsOfPoll } from '../../contract/lane-records.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import type { Parcel } from '../../contract/service-module.ts';
import { notTaken } from '../../contract/service-request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { consumersPath, contentsPath, readerPath, recordPaths, streamPath } from './footprints.ts';
import type { KinesisEffect, KinesisStep } from './messages.ts';
import { newsFor, type SourceOfRecords } from './news.ts';
import { takeRecord } from './receiving.ts';
import { BODY_OF_RECORD, itemOfRecord } from './record.ts';
import { consumerNamedIn, streamNameInArn } from './request.ts';
import { isExpired, placeFrom } from './retention.ts';
import { readSequenceNumber, sequenceNumberOf } from './sequence-number.ts';
import { type DataStream, type KinesisState, type StreamConsumer, type StreamShard, shownStream } from './state.ts';

type Poll = SourceRequest & { readonly kind: 'poll' };

/** What a stream tells its readers about itself. */
export function describeSource(state: KinesisState, arn: string): Described {
  const { name, stream, source } = sourceNamed(state, arn);
  if (stream === undefined || source === undefined) {
    const message = `Stream not found: ${arn}`;
    const refusal = fail('InvalidParameterValueException', message, 400, { Type: 'User' });
    return { is: null, refusal, footprint: { reads: [streamPath(name)], writes: [] } };
  }
  const is = {
    kind: 'event-source',
    ...{ arn, shownName: shownStream(state, name), visibilityTimeoutMs: null },
    ...{ lanes: lanesOf(stream), bodyMember: BODY_OF_RECORD, batchInfoMember: 'KinesisBatchInfo' },
    beginsAtInstants: true,
    ...(source === stream ? {} : { isPushed: true as const, recordsArn: stream.arn }),
  } as const;
  return { is, footprint: { reads: [streamPath(name), contentsPath(name)], writes: [] } };
}

/** The stream that an ARN names, itself or by a consumer, and what is read under that ARN (KI-17). */
function sourceNamed(
  { streams }: KinesisState,
  arn: string,
): {
  readonly name: string;
  readonly stream: DataStream | undefined;
  readonly source: DataStream | StreamConsumer | undefined;
} {
  const named = consumerNamedIn(arn);
  const name = named?.stream ?? streamNameInArn(arn) ?? '';
  const stream = streams.get(name);
  if (named === null) return { name, stream, source: stream };
  const consumer = stream?.consumers.get(named.consumer);
  return { name, stream, source: consumer?.arn === arn ? consumer : undefined };
}

function lanesOf({ shards, generation }: DataStream): readonly LaneDescription[] {
  return shards.map(({ id: name, parents: after, number, count: index }) => {
    const latest = index === 0 ? null : sequenceNumberOf({ generation, shard: number, index });
    return { name, after, latest };
  });
}

/** Takes a request of a mapping, or a record. A stream that was deleted gives nothing (UV-43). */
export function takeRequest(state: KinesisState, { to, by, request, call }: Parcel, moment: Moment): KinesisStep {
  const { name, stream, source } = sourceNamed(state, to);
  switch (request.kind) {
    case 'watch': {
      if (stream === undefined || source === undefined)
        return { effects: [], footprint: { reads: [streamPath(name), consumersPath(name)], writes: [] } };
      source.reader = request.reader;
      const news = stream.shards.flatMap((shard) =>
        hasNews(stream, shard, moment) ? newsFor(state, stream, source, shard) : [],
      );
      return {
        effects: news,
        footprint: { reads: [streamPath(name), contentsPath(name)], writes: [readerPath(name)] },
      };
    }
    case 'poll': {
      const shard = stream?.shards.find(({ id }) => id === request.lane);
      if (stream === undefined || source === undefined || shard === undefined) return nothing(name, request);
      return poll(state, stream, shard, { request, by, source }, moment);
    }
    case 'deliver':
      return takeRecord(state, { to, by, call }, request, moment);
    case 'acknowledge':
    case 'hand-back':
      return handBack(state, stream, source, request);
    default:
      return notTaken(request, 'a stream');
  }
}

function hasNews(stream: DataStream, shard: StreamShard, { nowMs }: Moment): boolean {
  return !isExpired(stream, shard, nowMs) && (shard.count > 0 || shard.closedAtMs !== null);
}

/** What a mapping hands back is there to be read, as before. */
function handBack(
  state: KinesisState,
  stream: DataStream | undefined,
  source: SourceOfRecords | undefined,
  request: SourceRequest & { readonly kind: 'acknowledge' | 'hand-back' },
): KinesisStep {
  const nowhere = { effects: [], footprint: { reads: [], writes: [] } };
  if (stream === undefined || source === undefined || request.kind === 'acknowledge') return nowhere;
  const shard = stream.shards.find(({ id }) => id === request.lane);
  return shard === undefined ? nowhere : { ...nowhere, effects: newsFor(state, stream, source, shard) };
}

function nothing(name: string, request: Poll): KinesisStep {
  return {
    effects: [{ kind: 'send', to: request.mapping, by: name, request: handedOutOf(request, [], {}) }],
    footprint: { reads: [streamPath(name), consumersPath(name)], writes: [] },
  };
}

/** Hands out the records behind a position, of a part of the shard if that is asked for. */
function poll(
  state: KinesisState,
  stream: DataStream,
  shard: StreamShard,
  { request, by: reader, source }: { readonly request: Poll; readonly by: Actor; readonly source: SourceOfRecords },
  moment: Moment,
): KinesisStep {
  const first = firstIndex(stream, request.from);
  const { records, left, lastSeen } = recordsOfPoll(
    shard.records,
    placeFrom(stream, shard, first, moment.nowMs),
    request,
  );
  const isEnd = left === undefined && shard.closedAtMs !== null;
  const items = records.map((record) => itemOfRecord(state, stream, shard, record, moment));
  const by = shownStream(state, stream.name);
  const sequenceNumbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const event = { kind: 'stream-records-read', stream: by, shardId: shard.id, sequenceNumbers, by: reader } as const;
  const effects: KinesisEffect[] = records.length === 0 ? [] : [{ kind: 'note', by: reader, event }];
  if (left !== undefined) effects.push(...newsFor(state, stream, source, shard, [left.partitionKey]));
  effects.push({ kind: 'send', to: request.mapping, by, request: handedOutOf(request, items, { lastSeen, isEnd }) });
  const end = left?.index ?? shard.count + 1;
  const paths = recordPaths(stream.name, shard.id, Math.min(first, end), end);
  return { effects, footprint: { reads: [streamPath(stream.name), readerPath(stream.name), ...paths], writes: [] } };
}

/** A position is the sequence number of the last record before it. Those of an earlier stream of the name lead nowhere. */
function firstIndex({ generation }: DataStream, from: Position): number {
  if (from === null) return 1;
  const place = readSequenceNumber(from);
  return place?.generation === generation ? place.index + 1 : Number.MAX_SAFE_INTEGER;
}
