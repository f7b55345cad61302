/**
 * Asks the legacy system to book a change of an order, and waits until it has.
 *
 * Legacy is a Lambda function of another company's. It answers 200 and a reference; 503 when it has no time; 422 when it can't book this and
 * never will.
 */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** One state of an order. Legacy keeps every state that it is told, and sorts them by their version itself. */
export interface Change {
  readonly orderId: string;
  readonly version: number;
  readonly customer: string;
  /** In cents. */
  readonly amount: number;
}

/** Books a change. Legacy answers a `key` that it knows as it did the first time, and books nothing again. */
export async function bookInLegacy(change: Change & { readonly key: string }): Promise<string> {
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: process.env.LEGACY_FUNCTION, Payload: JSON.stringify(change) }),
  );
  const { status, reference, message } = JSON.parse(new TextDecoder().decode(Payload));
  if (status !== 200) throw new Error(`Legacy answered ${status}: ${message}`);
  return reference;
}
