/**
 * Publishes events of orders, ten with each call: the next event of each order, and the ones behind it when the topic has taken it.
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
    const taken = await publish(nextOfEachOrder(waiting));
    waiting = waiting.filter((row) => !taken.has(row));
  }
  return { published: rows.length };
};

function nextOfEachOrder(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  const orders = new Set<string>();
  const next = rows.filter(({ event }) => !orders.has(event.orderId) && orders.add(event.orderId));
  return next.slice(0, MOST_ENTRIES);
}

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
