/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { Unusable } from './order-event.ts';

const sqs = new SQSClient({});

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const failed = new Set<string | undefined>();
  for (const record of records) {
    const { MessageGroupId: order } = record.attributes;
    try {
      // What comes behind a failure in its group has to wait for it. Lambda doesn't see to that: what this function doesn't give back is deleted.
      if (failed.has(order)) throw new Error('An earlier event of this order has failed.');
      await apply(record);
    } catch (error) {
      console.error(record.messageId, error);
      if (error instanceof Unusable) {
        await park(record);
        continue;
      }
      failed.add(order);
      // What can never be applied goes this way, too. After its last attempt it is in the dead-letter queue, and what came with it of its order is behind
      // it there, in order, until a person has seen to it.
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

/** Puts aside what can't be applied, for people to look at. */
async function park(record: SQSRecord): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.LETTERS_URL,
      MessageBody: record.messageId,
      MessageGroupId: record.attributes.MessageGroupId,
      MessageDeduplicationId: record.messageId,
    }),
  );
}
