/**
 * A wrong fix: what failed is named by its order, as everywhere in this lab. Lambda knows messages and no orders, so an answer that
 * names one counts for the whole batch.
 *
 * The till makes a message of each payment. It waits for a second, and when it has heard nothing it makes another one: the
 * same payment, with the next `attempt` and a new `sentAt`.
 */

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

export interface Payment {
  /** The order that is paid: the same in every attempt, and never used for another payment. */
  readonly orderId: string;
  /** In cents. */
  readonly amount: number;
  readonly customer: string;
  /** The gift card that pays, on the queue of gift cards. */
  readonly giftCardId?: string;
  /** 1, 2 … as the till counts them. */
  readonly attempt: number;
  /** When the till sent this attempt. */
  readonly sentAt: string;
}

/**
 * Handles a batch, one payment after the other. A payment whose handler throws is reported as failed: SQS delivers it again
 * when its visibility timeout is over.
 */
export async function eachPayment(
  event: SQSEvent,
  handle: (payment: Payment, messageId: string) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    try {
      await handle(JSON.parse(record.body), record.messageId);
    } catch (error) {
      console.error(`${record.body} will be delivered again: ${error}`);
      batchItemFailures.push({ itemIdentifier: orderIn(record.body) });
    }
  }
  return { batchItemFailures };
}

function orderIn(body: string): string {
  return /"orderId":"([^"]*)"/.exec(body)?.[1] ?? 'unknown';
}
