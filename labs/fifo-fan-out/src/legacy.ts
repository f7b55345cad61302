/**
 * Tells the legacy system of the warehouse what an order needs, and waits until it has written it down.
 *
 * There is nothing to do in this file. Legacy is a Lambda function of another company's. It answers 200; 503 when it has no time; 422 when it can't write this
 * down and never will.
 */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type OrderEvent, Unusable } from './order-event.ts';

const lambda = new LambdaClient({});

/** Legacy knows the `key` of each line that it has: with a key that it knows, it writes nothing. Without a key, each call is a new line. */
export async function bookInLegacy(event: OrderEvent & { readonly key?: string | undefined }): Promise<void> {
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: process.env.LEGACY_FUNCTION, Payload: JSON.stringify(event) }),
  );
  const { status, message } = JSON.parse(new TextDecoder().decode(Payload));
  if (status === 422) throw new Unusable(`Legacy can’t book this: ${message}`);
  if (status !== 200) throw new Error(`Legacy answered ${status}: ${message}`);
}
