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
  const { exportName, module: name } = environment.settings;
  const module: { exports: Record<string, unknown> } = { exports: {} };
  try {
    factory(require, module, module.exports);
    // `exports` is the learner's object, too: reading it may run a getter.
    const handler = module.exports[exportName];
    if (typeof handler === 'function') {
      refuseCallback(environment, handler);
      environment.report({ kind: 'initialised' });
      return { handler: handler as LoadedModule['handler'] };
    }
  } catch (error) {
    if (!ProcessGone.is(error))
      environment.report({ kind: 'init-failed', error: describeError(error), ...frameOf(error) });
    return null;
  }
  // Wording of Lambda's Node runtime client.
  const message = `${name}.${exportName} is undefined or not exported`;
  environment.report({ kind: 'init-failed', error: { errorType: 'Runtime.HandlerNotFound', errorMessage: message } });
  return null;
}

function refuseCallback(environment: RealmEnvironment, { length }: { readonly length: number }): void {
  const { exportName, module } = environment.settings;
  if (length <= 2) return;
  environment.refuse(
    `The handler ${module}.${exportName} takes a callback.`,
    'Callback handlers are not supported from nodejs24.x (LS-22); make it async and return the answer.',
  );
}

/** Virtual time as an invocation sees it. */
interface InvocationClock {
  /** Milliseconds since the run began. */
  nowMs(): number;
  /** When the environment's process started, on the calendar. */
  startedEpochMs(): number;
}

/** Calls the handler and reports its end. */
function invoke(
  environment: RealmEnvironment,
  { handler }: LoadedModule,
  command: HostCommand & { kind: 'invoke' },
  clock: InvocationClock,
): void {
  const { invocation } = command;
  environment.begin(invocation);
  const failed = (error: unknown): void => {
    if (ProcessGone.is(error)) return;
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
    Promise.resolve(handler(event, contextOf(environment, command, clock))).then(returned, failed);
  } catch (error) {
    failed(error);
  }
}

/** The context object of Lambda's Node runtime. */
function contextOf(
  environment: RealmEnvironment,
  command: HostCommand & { kind: 'invoke' },
  clock: InvocationClock,
): object {
  const { settings } = environment;
  const { context } = command;
  const { AWS_LAMBDA_FUNCTION_VERSION: functionVersion = '$LATEST' } = settings.variables;
  return {
    functionName: settings.functionName,
    functionVersion,
    invokedFunctionArn: context.functionArn,
    memoryLimitInMB: String(settings.memorySizeMb),
    awsRequestId: context.requestId,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: `${startDateOf(clock)}/[${functionVersion}]${environment.id}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, context.deadlineMs - clock.nowMs()),
  };
}

/** Log streams carry the date of their environment's start, in UTC. */
function startDateOf(clock: InvocationClock): string {
  return new Date(clock.startedEpochMs()).toISOString().slice(0, 10).replaceAll('-', '/');
}

export const runHandler = { load, invoke } as const;
