/**
 * The direct way of a call: from a command to the world and back, without a middleware stack.
 *
 * It is taken only if the learner can see no difference from the SDK's own stack: an untouched client, a bare command, a
 * well-typed input. All other calls go through the SDK's own stack.
 */

import type { AwsAnswer } from '../../simulator/contract/answer.ts';
import type { ClientState } from './client-state.ts';
import { UNUSUAL } from './copy-input.ts';
import { isDocumentCommand, marshall } from './document-marshalling.ts';
import { abortError } from './exceptions.ts';
import type { OperationPlan } from './operation-plan.ts';
import { race, retry } from './retries.ts';
import type { SdkRuntime } from './runtime.ts';
import type { SdkAbortSignal, SdkCommand, SdkMetadata } from './sdk-shapes.ts';

export interface SendOptions {
  readonly abortSignal?: SdkAbortSignal;
}

type Output = Record<string, unknown> & { $metadata: SdkMetadata };

/** Sends synchronously. Null if only the SDK's own stack knows what this command does. */
export function sendDirectly(
  runtime: SdkRuntime,
  client: ClientState,
  command: SdkCommand,
  { abortSignal }: SendOptions,
): Promise<object> | null {
  const isDocument = isDocumentCommand(command);
  const inner = isDocument ? command.clientCommand : command;
  if (isDocument) runtime.touch(inner.constructor);
  const plan = runtime.plans.of(inner.schema);
  if (plan === null || inner.middlewareStack.identify().length > 0) return null;
  const marshalled = isDocument ? marshall(command, client.translateConfig) : null;
  if (marshalled instanceof Promise) return marshalled;
  const input = copied(plan, marshalled?.input ?? inner.input);
  if (input === null) return null;
  if (abortSignal?.aborted) return Promise.reject(abortError());
  const output = sendCopied(runtime, client, plan, input, abortSignal);
  return marshalled === null ? output : output.then(marshalled.unmarshall);
}

function copied(plan: OperationPlan, input: object): Readonly<Record<string, unknown>> | null {
  try {
    return plan.copyInput(input) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error === UNUSUAL) return null;
    throw error;
  }
}

function sendCopied(
  runtime: SdkRuntime,
  client: ClientState,
  plan: OperationPlan,
  input: Readonly<Record<string, unknown>>,
  signal: SdkAbortSignal | undefined,
): Promise<object> {
  const attempt = (): Promise<Output> =>
    race(runtime.port.call(plan.service, plan.operation, input), signal, runtime.port.giveUp).then((answer) =>
      outputOf(runtime, plan, answer),
    );
  const first = attempt().then((output) => {
    Object.assign(output.$metadata, { attempts: 1, totalRetryDelay: 0 });
    const { strategy, initialToken } = client.retry;
    if (strategy !== undefined && initialToken !== undefined) strategy.recordSuccess(initialToken);
    return output as object;
  });
  return first.catch((error: unknown) => retry(error, attempt, client.retry, () => client.retryStrategy(), signal));
}

function outputOf(runtime: SdkRuntime, plan: OperationPlan, answer: AwsAnswer): Output {
  const requestId = runtime.ids.requestId();
  if (!answer.ok) {
    const exception = runtime.exceptions.of(plan.namespace, answer.error, requestId);
    runtime.touch(exception.constructor);
    throw exception;
  }
  const output = plan.readOutput(answer.output) as Output;
  const status = plan.statusMember === null ? undefined : output[plan.statusMember];
  const httpStatusCode = typeof status === 'number' ? status : 200;
  output.$metadata = { httpStatusCode, requestId, extendedRequestId: undefined, cfId: undefined };
  const { payloadMember } = plan;
  if (payloadMember === null) return output;
  const payload = output[payloadMember];
  if (!(payload instanceof Uint8Array) || payload.byteLength === 0) output[payloadMember] = null;
  else runtime.touch(payload.constructor);
  return output;
}
