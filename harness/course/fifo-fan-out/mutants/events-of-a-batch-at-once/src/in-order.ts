/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.allSettled(records.map((record) => apply(record)));
  const failed = records.filter((_, at) => outcomes[at]?.status === 'rejected');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
