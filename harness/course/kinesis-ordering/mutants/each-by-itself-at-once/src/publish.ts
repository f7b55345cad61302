/**
 * A wrong fix: a call for each event, all of them at once. They overtake each other on the way, and there is no limit to them.
 */

import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { AccountEvent } from './account.ts';

const kinesis = new KinesisClient({});
const StreamName = process.env.STREAM_NAME;

export const handler = async ({ events }: { readonly events: readonly AccountEvent[] }): Promise<object> => {
  await Promise.all(events.map((event) => put([event])));
  return { published: events.length };
};

/** Puts these events, and returns those that the stream has taken. */
async function put(events: readonly AccountEvent[]): Promise<ReadonlySet<AccountEvent>> {
  const { Records = [] } = await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      // The account decides about the shard, so all events of an account are in one, in order. Accounts spread over all shards.
      Records: events.map((event) => ({ Data: Buffer.from(JSON.stringify(event)), PartitionKey: event.account })),
    }),
  );
  return new Set(events.filter((_, place) => Records[place]?.ErrorCode === undefined));
}
