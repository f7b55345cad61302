/**
 * Another right producer: each account has a line of its own, in which one record after the other is put. As many lines are at work as the high-water mark says.
 */

import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { AccountEvent } from './account.ts';

const kinesis = new KinesisClient({});
const StreamName = process.env.STREAM_NAME;
const HIGH_WATER_MARK = Number(process.env.HIGH_WATER_MARK);

export const handler = async ({ events }: { readonly events: readonly AccountEvent[] }): Promise<object> => {
  const lines = [...Map.groupBy(events, ({ account }) => account).values()];
  const workers = Array.from({ length: HIGH_WATER_MARK }, async () => {
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) await putAll(line);
  });
  await Promise.all(workers);
  return { published: events.length };
};

async function putAll(line: readonly AccountEvent[]): Promise<void> {
  for (const event of line)
    await kinesis.send(
      new PutRecordCommand({
        StreamName,
        Data: Buffer.from(JSON.stringify(event)),
        PartitionKey: event.account,
      }),
    );
}
