/**
 * Publishes events of orders. The shop calls it with rows of its outbox, in order, and calls again with the same rows if it fails or does not answer.
 */

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OutboxRow } from './order-event.ts';

const sns = new SNSClient({});
const TopicArn = process.env.TOPIC_ARN;

export const handler = async ({ rows }: { readonly rows: readonly OutboxRow[] }): Promise<object> => {
  // One after the other: the topic keeps the order in which it has taken them.
  for (const { id, event } of rows) {
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify(event),
        // Sixty-four groups are enough for any load, and the events of an order are in one of them.
        MessageGroupId: String(groupOf(event.orderId)),
        // What is the same event: the row of the outbox, however often it is handed over. Two events may have the same text, so the text doesn't tell.
        MessageDeduplicationId: id,
      }),
    );
  }
  return { published: rows.length };
};

function groupOf(orderId: string): number {
  return [...orderId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 64, 0);
}
