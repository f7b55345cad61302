/**
 * Loads a learner's module and runs its handler, as Lambda's Node runtime does (LS-22, LS-27).
 */

import type { HostCommand } from '../../simulator/host.ts';
import { describeError, frameOf, ProcessGone, type RealmEnvironment } from './environment.ts';

/** A bundle's completion value: the function that evaluates the learner's module. */
export type ModuleFactory = (
  require: (name: string) => unknown,
  module: { exports: Record<string, unknown> },
  exports: Record<string, unknown>,
) => void;

export interface LoadedModule {
  readonly handler: (event: unknown, context: object) => unknown;
}

/**
 * A response with more characters need not leave the realm to be found too large: Lambda, like the simulated one, counts
 * bytes (LS-25), and no text has fewer bytes than characters.
 */
const RESPONSE_CHARACTERS = 6_291_556;
const RESPONSE_TOO_LARGE = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_CHARACTERS} bytes).`,
} as const;

/** Evaluates the module afresh and finds the handler. Reports `initialised` or `init-failed`. */
function load(
  environment: RealmEnvironment,
  factory: ModuleFactory,
  require: (name: string) => unknown,
): LoadedModule | null {
  const module: { exports: Record<string, unknown> } = { exports: {} };
  try {
    factory(require, module, module.exports);
  } catch (error) {
    if (!(error instanceof ProcessGone))
      environment.report({ kind: 'init-failed', error: describeError(error), ...frameOf(error) });
    return null;
  }
  const { exportName, module: name } = environment.settings;
  const handler = module.exports[exportName];
  if (typeof handler !== 'function') {
    // Wording of Lambda's Node runtime client.
    const message = `${name}.${exportName} is undefined or not exported`;
    environment.report({ kind: 'init-failed', error: { errorType: 'Runtime.HandlerNotFound', errorMessage: message } });
    return null;
  }
  if (handler.length > 2) {
    environment.refuse(
      `The handler ${name}.${exportName} takes a callback.`,
      'Callback handlers are not supported from nodejs24.x (LS-22); make it async and return the answer.',
    );
  }
  environment.report({ kind: 'initialised' });
  return { handler: handler as LoadedModule['handler'] };
}

/** Calls the handler and reports its end. */
function invoke(
  environment: RealmEnvironment,
  { handler }: LoadedModule,
  command: HostCommand & { kind: 'invoke' },
  nowMs: () => number,
): void {
  const { invocation } = command;
  environment.invocation = invocation;
  const failed = (error: unknown): void => {
    if (error instanceof ProcessGone) return;
    environment.report({ kind: 'failed', invocation, error: describeError(error), ...frameOf(error) });
  };
  const returned = (value: unknown): void => {
    try {
      const payloadJson = JSON.stringify(value) ?? 'null';
      if (payloadJson.length > RESPONSE_CHARACTERS)
        environment.report({ kind: 'failed', invocation, error: RESPONSE_TOO_LARGE });
      else environment.report({ kind: 'returned', invocation, payloadJson });
    } catch (error) {
      failed(
        Object.assign(new Error(`Unable to stringify response body: ${describeError(error).errorMessage}`), {
          name: 'Runtime.MarshalError',
        }),
      );
    }
  };
  try {
    const event = JSON.parse(command.payloadJson) as unknown;
    Promise.resolve(handler(event, contextOf(environment, command, nowMs))).then(returned, failed);
  } catch (error) {
    failed(error);
  }
}

/** The context object of Lambda's Node runtime. */
function contextOf(
  environment: RealmEnvironment,
  command: HostCommand & { kind: 'invoke' },
  nowMs: () => number,
): object {
  const { settings } = environment;
  const { context } = command;
  return {
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: context.functionArn,
    memoryLimitInMB: String(settings.memorySizeMb),
    awsRequestId: context.requestId,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: `1970/01/01/[$LATEST]${environment.id}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, context.deadlineMs - nowMs()),
  };
}

export const runHandler = { load, invoke } as const;
