/**
 * Puts account events on the stream. The bank's core system calls it with events in order, and calls again with all of them if it fails.
 */

import { randomUUID } from 'node:crypto';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { AccountEvent } from './account.ts';

const kinesis = new KinesisClient({});
const StreamName = process.env.STREAM_NAME;

export const handler = async ({ events }: { readonly events: readonly AccountEvent[] }): Promise<object> => {
  // TODO (task 1): a key for each record spreads the load evenly over the shards, and the events of an account, too.
  const Records = events.map((event) => ({
    Data: Buffer.from(JSON.stringify(event)),
    PartitionKey: randomUUID(),
  }));
  // TODO (task 5): the stream may store them in another order and refuse some, and HIGH_WATER_MARK of them may be on their way.
  await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  return { published: events.length };
};
