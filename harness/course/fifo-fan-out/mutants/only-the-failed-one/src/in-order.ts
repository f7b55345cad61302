/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of records) {
    try {
      await apply(record);
    } catch (error) {
      console.error(record.messageId, error);
      // What can never be applied goes this way, too. After its last attempt it is in the dead-letter queue, and what came with it of its order is behind
      // it there, in order, until a person has seen to it.
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
