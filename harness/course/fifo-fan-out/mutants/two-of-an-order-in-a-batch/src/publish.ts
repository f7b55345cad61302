/**
 * Publishes events of orders, ten with each call.
 */

import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OutboxRow } from './order-event.ts';

const sns = new SNSClient({});
const TopicArn = process.env.TOPIC_ARN;
/** The most entries that a call may have. */
const MOST_ENTRIES = 10;

export const handler = async ({ rows }: { readonly rows: readonly OutboxRow[] }): Promise<object> => {
  let waiting = rows;
  while (waiting.length > 0) {
    const taken = await publish(waiting.slice(0, MOST_ENTRIES));
    waiting = waiting.filter((row) => !taken.has(row));
  }
  return { published: rows.length };
};

/** Publishes these, and returns those that the topic has taken. */
async function publish(rows: readonly OutboxRow[]): Promise<ReadonlySet<OutboxRow>> {
  const { Successful = [] } = await sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: rows.map(({ id, event }, at) => ({
        Id: String(at),
        Message: JSON.stringify(event),
        MessageGroupId: event.orderId,
        MessageDeduplicationId: id,
      })),
    }),
  );
  const taken = new Set(Successful.map(({ Id }) => Id));
  return new Set(rows.filter((_, at) => taken.has(String(at))));
}
