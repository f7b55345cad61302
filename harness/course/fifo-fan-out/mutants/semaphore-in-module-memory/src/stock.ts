/**
 * Tells the legacy system of the warehouse each event of an order, in order. Legacy takes five requests at a time, and falls over at six.
 */

import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { inOrder } from './in-order.ts';
import { bookInLegacy } from './legacy.ts';
import { eventIn } from './order-event.ts';

export const handler = async ({ Records }: SQSEvent) => inOrder(Records, book);

let free = Number(process.env.LEGACY_CAPACITY);
const waiting: (() => void)[] = [];

async function book(record: SQSRecord): Promise<void> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    await bookNow(record);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}

async function bookNow({ body, attributes }: SQSRecord): Promise<void> {
  // The event's own id, which is the same whenever and however often it comes.
  await bookInLegacy({ ...eventIn(body), key: attributes.MessageDeduplicationId });
}
