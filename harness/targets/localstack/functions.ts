/**
 * Completes a deployed stack: the functions' code, their reserved concurrency, and warm environments.
 *
 * LocalStack 4.14's CloudFormation ignores `ReservedConcurrentExecutions`; through the API it is enforced.
 */

import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { TargetTrouble } from '../target.ts';
import type { WarmUp } from './in-lambda/watched.ts';
import { pollUntilAnswered } from './waiting.ts';

/** How long an environment is kept busy so that the next call of the warm-up needs another one. */
const WARM_UP_MS = 300;
const AT_MOST_MS = 60_000;

/** Gives a function its code and waits until Lambda has taken it, since an earlier call might still meet the placeholder. */
export async function giveCode(
  client: LambdaClient,
  functionName: string,
  archive: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: archive }));
  const status = await pollUntilAnswered(() => updateStatus(client, functionName), {
    everyMs: 50,
    atMostMs: AT_MOST_MS,
    signal,
  });
  if (status === 'Successful') return;
  throw new TargetTrouble(
    `LocalStack did not take the code of the function ${functionName}. Look at LocalStack’s log, and try again.`,
  );
}

async function updateStatus(client: LambdaClient, functionName: string): Promise<string | null> {
  const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return found.LastUpdateStatus === 'InProgress' || found.State === 'Pending' ? null : (found.LastUpdateStatus ?? '');
}

export async function reserveConcurrency(client: LambdaClient, functionName: string, reserved: number): Promise<void> {
  await client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: functionName, ReservedConcurrentExecutions: reserved }),
  );
}

/**
 * Warms this many execution environments: cold starts last longer than a handler and would keep invocations from overlapping.
 * Errors are ignored here, because the scenario will meet them.
 */
export async function warmUp(client: LambdaClient, functionName: string, environments: number): Promise<void> {
  const event: WarmUp = { 'raceproof/warm-up-ms': WARM_UP_MS };
  const Payload = new TextEncoder().encode(JSON.stringify(event));
  await Promise.allSettled(
    Array.from({ length: environments }, () => client.send(new InvokeCommand({ FunctionName: functionName, Payload }))),
  );
}
