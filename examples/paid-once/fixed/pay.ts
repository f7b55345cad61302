/**
 * Charges each payment under a key of its own, the order's id, which the bank knows again. It may ask twice; the bank charges once.
 */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';

const lambda = new LambdaClient({});
const payment = z.object({ orderId: z.string(), cents: z.int().positive() });

export async function handler({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> {
  for (const { body } of Records) {
    const { orderId, cents } = payment.parse(JSON.parse(body));
    const Payload = JSON.stringify({ orderId, cents, key: orderId });
    await lambda.send(new InvokeCommand({ FunctionName: process.env.BANK, Payload }));
  }
}
