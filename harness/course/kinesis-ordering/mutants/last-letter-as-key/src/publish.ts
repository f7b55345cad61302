/**
 * Puts account events on the stream. The bank's core system calls it with events in order, and calls again with all of them if it fails.
 */

import { setTimeout } from 'node:timers/promises';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { AccountEvent } from './account.ts';

const kinesis = new KinesisClient({});
const StreamName = process.env.STREAM_NAME;
/** The most records that may be on their way to the stream without an answer. */
const HIGH_WATER_MARK = Number(process.env.HIGH_WATER_MARK);
const PAUSE_MS = 100;

export const handler = async ({ events }: { readonly events: readonly AccountEvent[] }): Promise<object> => {
  let waiting = events;
  while (waiting.length > 0) {
    const next = firstOfEachAccount(waiting);
    const taken = await put(next);
    // What the stream did not take stays the first of its account.
    waiting = waiting.filter((event) => !taken.has(event));
    if (taken.size < next.length) await setTimeout(PAUSE_MS);
  }
  return { published: events.length };
};

/**
 * One event of each account, in the order of arrival, up to the high-water mark. PutRecords promises no order among its records, and some of them may
 * fail: so an account's next event has to wait for the answer about the one before.
 */
function firstOfEachAccount(waiting: readonly AccountEvent[]): readonly AccountEvent[] {
  const first = new Map<string, AccountEvent>();
  for (const event of waiting) {
    if (first.size === HIGH_WATER_MARK) break;
    if (!first.has(event.account)) first.set(event.account, event);
  }
  return [...first.values()];
}

/** Puts these events, and returns those that the stream has taken. */
async function put(events: readonly AccountEvent[]): Promise<ReadonlySet<AccountEvent>> {
  const { Records = [] } = await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      // All events of an account are in one shard, in order, and those with another last letter may be in another.
      Records: events.map((event) => ({
        Data: Buffer.from(JSON.stringify(event)),
        PartitionKey: event.account.slice(-1),
      })),
    }),
  );
  return new Set(events.filter((_, place) => Records[place]?.ErrorCode === undefined));
}
