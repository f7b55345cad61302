/**
 * Publishes events of orders. The shop calls it with rows of its outbox, in order, and calls again with the same rows if it fails or does not answer.
 */

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OutboxRow } from './order-event.ts';

const sns = new SNSClient({});
const TopicArn = process.env.TOPIC_ARN;

/** Together with the attempts of the client itself these are twelve. */
const ATTEMPTS = 4;

export const handler = async ({ rows }: { readonly rows: readonly OutboxRow[] }): Promise<object> => {
  // One after the other: the topic keeps the order in which it has taken them.
  for (const row of rows) await publish(row);
  return { published: rows.length };
};

async function publish({ id, event }: OutboxRow): Promise<void> {
  const command = new PublishCommand({
    TopicArn,
    Message: JSON.stringify(event),
    // What must stay in order with what: the events of one order. Orders have nothing to do with each other.
    MessageGroupId: event.orderId,
    // What is the same event: the row of the outbox, however often it is handed over.
    MessageDeduplicationId: id,
  });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      await sns.send(command);
      return;
    } catch (error) {
      console.error(`Attempt ${attempt} to publish ${id} has failed.`, error);
    }
  }
}
