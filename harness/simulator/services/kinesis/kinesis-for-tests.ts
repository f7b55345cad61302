/**
 * For tests: Kinesis with streams in it, and calls that read as sentences.
 */

import type { AccountSettings } from '../../contract/account-settings.ts';
import type { Input } from '../../contract/answer.ts';
import { ServiceForTests } from '../../contract/service-for-tests.ts';
import { fromUtf8, toUtf8 } from '../../contract/utf8.ts';
import { KINESIS } from './kinesis.ts';
import type { KinesisState } from './state.ts';
import type { KinesisEvent } from './trace-events.ts';

/** A shard as AWS describes it. */
export interface DescribedShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string };
}

/** Where a record was put. */
export interface PutPlace {
  readonly ShardId: string;
  readonly SequenceNumber: string;
}

/** The MD5 of this key is in the lower half of all hash keys, that of the other one in the upper half. */
export const LOW_KEY = 'a';
export const HIGH_KEY = 'b';

export class StreamsForTests extends ServiceForTests<KinesisState, never, KinesisEvent> {
  constructor(settings: Partial<AccountSettings> = {}) {
    super(KINESIS, settings);
  }

  /** A stream with this many shards. */
  withStream(name = 'orders', ShardCount = 1, more: Input = {}): this {
    this.ask('CreateStream', { StreamName: name, ShardCount, ...more });
    return this;
  }

  put(text: string, PartitionKey = HIGH_KEY, more: Input = {}): PutPlace {
    const output = this.ask('PutRecord', { StreamName: 'orders', Data: toUtf8(text), PartitionKey, ...more });
    return output as unknown as PutPlace;
  }

  /** Shards in the order of their ids. */
  shards(more: Input = {}): readonly DescribedShard[] {
    return this.ask('ListShards', { StreamName: 'orders', ...more }).Shards as readonly DescribedShard[];
  }

  iterator(type = 'TRIM_HORIZON', shard = 0, more: Input = {}): string {
    const input = { StreamName: 'orders', ShardId: shardId(shard), ShardIteratorType: type, ...more };
    return String(this.ask('GetShardIterator', input).ShardIterator);
  }

  /** The output of one read. */
  get(ShardIterator: string, more: Input = {}): Input {
    return this.ask('GetRecords', { ShardIterator, ...more });
  }

  /** The texts that one read gives. */
  texts(ShardIterator: string, more: Input = {}): readonly string[] {
    return textsIn(this.get(ShardIterator, more));
  }
}

/** The texts of the records in an answer. */
export function textsIn({ Records }: Input): readonly string[] {
  return (Records as readonly { readonly Data: Uint8Array }[]).map(({ Data }) => fromUtf8(Data));
}

export function shardId(number: number): string {
  return `shardId-${String(number).padStart(12, '0')}`;
}

/** A record of these bytes under a key. */
export function aRecord(text: string, PartitionKey = HIGH_KEY): Input {
  return { Data: toUtf8(text), PartitionKey };
}
