/**
 * What a stream tells its readers: that a shard has something to read, or that its end can be reached.
 */

import type { KinesisEffect } from './messages.ts';
import { type DataStream, type KinesisState, type StreamShard, shownStream } from './state.ts';

/** A report to the mappings that read a stream; none if there are none. `keys`: those of the records that arrived. */
export function newsOfShard(
  state: KinesisState,
  { name, arn, reader }: DataStream,
  { id: lane, parents: after }: StreamShard,
  keys?: readonly string[],
): readonly KinesisEffect[] {
  if (reader === null) return [];
  const available = { kind: 'available', source: arn, lane, isAtOnce: false, after } as const;
  const request = keys === undefined ? available : { ...available, keys };
  return [{ kind: 'send', to: reader.arn, by: shownStream(state, name), request }];
}
