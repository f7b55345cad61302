/**
 * Publishes events of orders. The shop calls it with rows of its outbox, in order, and calls again with the same rows if it fails or does not answer.
 */

import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OutboxRow } from './order-event.ts';

const sns = new SNSClient({});
const TopicArn = process.env.TOPIC_ARN;

export const handler = async ({ rows }: { readonly rows: readonly OutboxRow[] }): Promise<object> => {
  // One after the other: the topic keeps the order in which it has taken them.
  const entries: { Id: string; Message: string; MessageGroupId: string; MessageDeduplicationId: string }[] = [];
  for (const { id, event } of rows) {
    entries.push({
      Id: String(entries.length),
      Message: JSON.stringify(event),
      // What must stay in order with what: the events of one order. Orders have nothing to do with each other.
      MessageGroupId: event.orderId,
      // What is the same event: the row of the outbox, however often it is handed over. Two events may have the same text, so the text doesn't tell.
      MessageDeduplicationId: id,
    });
  }
  for (let at = 0; at < entries.length; at += 10) {
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries.slice(at, at + 10) }));
  }
  return { published: rows.length };
};
