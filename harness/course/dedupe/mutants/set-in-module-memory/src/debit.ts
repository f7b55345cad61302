/**
 * A wrong fix: a Set in a module variable remembers the orders.
 * Each execution environment evaluates the module for itself, and two deliveries at once run in two of them.
 */

import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const claimed = new Set<string>();

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit({ orderId, amount }: Payment): Promise<void> {
  if (claimed.has(orderId)) return;
  claimed.add(orderId);
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
