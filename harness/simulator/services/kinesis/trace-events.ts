/**
 * The events that Kinesis writes into a trace: what becomes of records and shards.
 */

import type { Actor } from '../../contract/trace-entry.ts';

export type KinesisEvent =
  /** A shard has taken a record. `data` is its text; null if it is no text. */
  | {
      readonly kind: 'stream-record-put';
      readonly stream: string;
      readonly shardId: string;
      readonly sequenceNumber: string;
      readonly partitionKey: string;
      readonly data: string | null;
    }
  /** Records were handed out to a mapping, or read by a client, in order. */
  | {
      readonly kind: 'stream-records-read';
      readonly stream: string;
      readonly shardId: string;
      readonly sequenceNumbers: readonly string[];
      readonly by: Actor;
    }
  /** Shards were closed, and others have taken their ranges (KI-09). */
  | {
      readonly kind: 'stream-resharded';
      readonly stream: string;
      readonly closed: readonly string[];
      readonly opened: readonly string[];
    };
