/**
 * Works through a batch of messages, for both consumers. A batch has one message, so nothing comes behind it that would have to wait.
 */

import type { SQSRecord } from 'aws-lambda';

/** Applies the message of a batch. An error gives it back. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<void> {
  for (const record of records) await apply(record);
}
