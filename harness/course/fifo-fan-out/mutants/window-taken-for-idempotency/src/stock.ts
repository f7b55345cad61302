/**
 * Tells the legacy system of the warehouse each event of an order, in order. Legacy takes five requests at a time, and falls over at six.
 */

import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { inOrder } from './in-order.ts';
import { bookInLegacy } from './legacy.ts';
import { eventIn } from './order-event.ts';

export const handler = async ({ Records }: SQSEvent) => inOrder(Records, book);

async function book({ body }: SQSRecord): Promise<void> {
  await bookInLegacy(eventIn(body));
}
