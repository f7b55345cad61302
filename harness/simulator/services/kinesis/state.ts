/**
 * The state of Kinesis: streams, their shards, and the records in them. Plain data only.
 *
 * It holds instants, not timers. A record never changes, so copies of a world share it. Nothing here decides anything.
 */

import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { Reader } from '../../contract/event-source.ts';
import type { LaneRecord } from '../../contract/lane-records.ts';

export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

/** One record as a shard keeps it. */
export interface StreamRecord extends LaneRecord {
  readonly data: Uint8Array;
  /** Of its data and its partition key together. */
  readonly sizeBytes: number;
}

/** A range of hash keys, both ends included (KI-01). */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

export interface StreamShard {
  /** Counted per stream, from 0. */
  readonly number: number;
  /** `shardId-000000000000`. */
  readonly id: string;
  readonly range: HashKeyRange;
  /** The shards that it replaces, by id: one after a split, two after a merge (KI-09). */
  readonly parents: readonly string[];
  readonly openedAtMs: number;
  /** The instant of the split or merge that closed it; null while it is open. */
  closedAtMs: number | null;
  /** In the order of their arrival. */
  readonly records: StreamRecord[];
  /** The number of records that the shard ever had: the index of its last one. */
  count: number;
  /** What was used of its limits lately; only in timed runs. */
  readonly used: ShardUse;
}

/** How much of a shard's limits was used in the present second (KI-05, KI-07). */
export interface ShardUse {
  written: SecondOfUse;
  read: SecondOfUse;
  /** No read is answered before this instant, after one that took 10 MB (KI-06). */
  readableAtMs: number;
}

/** One second of a limit: its number, the requests or records in it, and their bytes. */
export interface SecondOfUse {
  readonly second: number;
  readonly times: number;
  readonly bytes: number;
}

export interface DataStream {
  readonly name: string;
  readonly arn: Arn;
  /** Counted per name, from 1: a stream that was deleted and one that took its name have nothing in common. */
  readonly generation: number;
  readonly mode: StreamMode;
  readonly createdAtMs: number;
  readonly mostRecordBytes: number;
  retentionHours: number;
  /** By number. */
  readonly shards: StreamShard[];
  readonly tags: Map<string, string>;
  /** The instants of `UpdateShardCount`, the oldest first (KI-10). */
  readonly countUpdatesAtMs: number[];
  /** The mappings that learn of new records; null if there are none. */
  reader: Reader | null;
  /** Consumers with enhanced fan-out, by name (KI-17). */
  readonly consumers: Map<string, StreamConsumer>;
}

/** A consumer that is registered with a stream: a source of its own, with all of the stream's records (KI-17, KI-18). */
export interface StreamConsumer {
  readonly name: string;
  readonly arn: Arn;
  readonly createdAtMs: number;
  reader: Reader | null;
}

export interface KinesisState extends AccountPlace {
  /** By name. */
  readonly streams: Map<string, DataStream>;
  /** How many streams of each name there have been. */
  readonly generations: Map<string, number>;
  /** Names that a learner knows, by the names of streams: `Orders` rather than `stack-Orders-1K2J`. */
  readonly displayNames: Map<string, string>;
}

/** An account without streams. */
export function newKinesis({ region, accountId }: AccountPlace): KinesisState {
  return { region, accountId, streams: new Map(), generations: new Map(), displayNames: new Map() };
}

/** A copy that shares what never changes. */
export function cloneKinesis(state: KinesisState): KinesisState {
  return {
    ...state,
    streams: new Map([...state.streams].map(([name, stream]) => [name, cloneStream(stream)])),
    generations: new Map(state.generations),
    displayNames: new Map(state.displayNames),
  };
}

function cloneStream(stream: DataStream): DataStream {
  return {
    ...stream,
    shards: stream.shards.map((shard) => ({ ...shard, records: [...shard.records], used: { ...shard.used } })),
    tags: new Map(stream.tags),
    countUpdatesAtMs: [...stream.countUpdatesAtMs],
    consumers: new Map([...stream.consumers].map(([name, consumer]) => [name, { ...consumer }])),
  };
}

const UNUSED: SecondOfUse = { second: -1, times: 0, bytes: 0 };

/** An open shard without records. */
export function newShard(
  number: number,
  range: HashKeyRange,
  { parents, nowMs }: { readonly parents: readonly string[]; readonly nowMs: number },
): StreamShard {
  return {
    ...{ number, id: `shardId-${String(number).padStart(12, '0')}`, range, parents },
    ...{ openedAtMs: nowMs, closedAtMs: null, records: [], count: 0 },
    used: { written: UNUSED, read: UNUSED, readableAtMs: 0 },
  };
}

/** The shards that take records. */
export function openShards({ shards }: DataStream): readonly StreamShard[] {
  return shards.filter(({ closedAtMs }) => closedAtMs === null);
}

/** The name by which a learner knows a stream. */
export function shownStream({ displayNames }: KinesisState, name: string): string {
  return displayNames.get(name) ?? name;
}
