/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const byOrder = Map.groupBy(records, ({ attributes }) => attributes.MessageGroupId);
  const failures = await Promise.all([...byOrder.values()].map((own) => notDone(own, apply)));
  return { batchItemFailures: failures.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Applies the messages of one order until one fails; returns that one and those behind it. */
async function notDone(own: readonly SQSRecord[], apply: (record: SQSRecord) => Promise<void>) {
  for (const [at, record] of own.entries()) {
    try {
      await apply(record);
    } catch (error) {
      console.error(record.messageId, error);
      return own.slice(at);
    }
  }
  return [];
}
