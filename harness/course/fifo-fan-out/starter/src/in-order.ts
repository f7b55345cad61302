/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 */

import type { SQSRecord } from 'aws-lambda';
import { Unusable } from './order-event.ts';

/** Applies each message of a batch. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<void> {
  for (const record of records) {
    try {
      await apply(record);
    } catch (error) {
      console.error(record.messageId, error);
      // TODO (task 4): an event that can never be applied is dropped here, and no person hears of it.
      if (error instanceof Unusable) continue;
      // TODO (task 3): the whole batch comes again, with all that is done already.
      throw error;
    }
  }
}
