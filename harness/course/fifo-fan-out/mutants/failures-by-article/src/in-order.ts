/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { OrderEvent } from './order-event.ts';

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const failed = new Set<string>();
  for (const record of records) {
    const { orderId, sku } = JSON.parse(record.body) as Partial<OrderEvent>;
    const article = `${orderId}/${sku}`;
    try {
      // What comes behind a failure of the same article has to wait for it. Lambda doesn't see to that: what this function doesn't give back is deleted.
      if (failed.has(article)) throw new Error('An earlier event of this article has failed.');
      await apply(record);
    } catch (error) {
      console.error(record.messageId, error);
      failed.add(article);
      // What can never be applied goes this way, too. After its last attempt it is in the dead-letter queue, and what came with it of its order is behind
      // it there, in order, until a person has seen to it.
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
