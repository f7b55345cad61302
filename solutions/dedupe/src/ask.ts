/**
 * Asks another system, which is a Lambda function, and waits for its answer.
 */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** What the systems behind this lab answer: 200 and an id, or another status and the reason. */
export interface Answer {
  readonly status: number;
  readonly message?: string;
  readonly debitId?: string;
  readonly chargeId?: string;
}

export async function ask(FunctionName: string | undefined, request: object): Promise<Answer> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
  );
  const text = new TextDecoder().decode(Payload);
  if (FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${text}`);
  return JSON.parse(text);
}
