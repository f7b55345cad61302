/**
 * What a stream tells its readers: that a shard has something to read, or that its end can be reached.
 */

import type { KinesisEffect } from './messages.ts';
import { type DataStream, type KinesisState, type StreamShard, shownStream } from './state.ts';

/** What mappings read under one ARN: a stream, or a consumer of it. */
export type SourceOfRecords = Pick<DataStream, 'arn' | 'reader'>;

/** A report to the mappings that read a stream or one of its consumers; none if there are none. `keys`: those of the records that arrived. */
export function newsOfShard(
  state: KinesisState,
  stream: DataStream,
  shard: StreamShard,
  keys?: readonly string[],
): readonly KinesisEffect[] {
  return [stream, ...stream.consumers.values()].flatMap((source) => newsFor(state, stream, source, shard, keys));
}

/** The same for those who read it under one ARN. */
export function newsFor(
  state: KinesisState,
  { name }: DataStream,
  { arn, reader }: SourceOfRecords,
  { id: lane, parents: after }: StreamShard,
  keys?: readonly string[],
): readonly KinesisEffect[] {
  if (reader === null) return [];
  const available = { kind: 'available', source: arn, lane, isAtOnce: false, after } as const;
  const request = keys === undefined ? available : { ...available, keys };
  return [{ kind: 'send', to: reader.arn, by: shownStream(state, name), request }];
}
