/**
 * The footprint paths of Kinesis. No other file composes them.
 *
 * A put writes the end of its shard and its own record, and a read reads the records that it looks at. So two puts into one shard depend
 * on each other, puts into different shards don't, and a read commutes with a put that it can't see.
 */

import { pathsOfRecords } from '../../contract/lane-records.ts';

/** Which streams there are. */
export const STREAM_NAMES = 'kinesis streams';

/** Every stream with all its parts: what a refused request may have looked at. */
export const EVERY_STREAM = 'kinesis/*';

/** Whether a stream exists, its settings, and which shards it has. */
export const streamPath = (stream: string): string => `kinesis/${stream}`;

/** A stream's shards with all their records, its tags and its reader. */
export const contentsPath = (stream: string): string => `kinesis/${stream}/*`;

export const tagsPath = (stream: string): string => `kinesis/${stream}/tags`;

/** Which consumers are registered. */
export const consumersPath = (stream: string): string => `kinesis/${stream}/consumers`;

/** Who learns of new records. */
export const readerPath = (stream: string): string => `kinesis/${stream}/reader`;

/** Where a shard ends now: the next record comes there. */
export const endPath = (stream: string, shard: string): string => `kinesis/${stream}/${shard}/end`;

/** One record of a shard, whether or not it has arrived. */
export const recordPath = (stream: string, shard: string, index: number): string =>
  `kinesis/${stream}/${shard}/records/${index}`;

/** The records from one index to another, both included. */
export function recordPaths(stream: string, shard: string, from: number, to: number): readonly string[] {
  return pathsOfRecords(`kinesis/${stream}/${shard}/records/`, from, to);
}
