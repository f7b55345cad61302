/**
 * The life of an execution environment: Init, Invoke, freeze, reset (LS-17 to LS-23, LS-27 to LS-29).
 *
 * Begins and ends invocations and answers their callers. Admission decides before which requests may run.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { FunctionError, HostInvocation } from '../../contract/code.ts';
import type { CodeEffect } from '../../contract/effect.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { valueOfJsonText } from '../../contract/json-text.ts';
import type { Frame } from '../../contract/trace-entry.ts';
import { toUtf8, utf8Length } from '../../contract/utf8.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { SYNCHRONOUS_PAYLOAD_BYTES } from './invoke.ts';
import { ENVIRONMENT_START } from './latency.ts';
import type { LambdaEffect, LambdaMessage } from './messages.ts';
import { note } from './notes.ts';
import { type Environment, type Invocation, type LambdaState, nextNumber, type Origin } from './state.ts';
import type { InvocationOutcome } from './trace-events.ts';

/** Init may take 10 seconds; then it is stopped and run again within the function's timeout (LS-20). */
const INIT_PHASE_MS = 10_000;

/** How an invocation ended. */
export type End =
  | { readonly kind: 'returned'; readonly payloadJson: string }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly frame?: Frame | undefined }
  | { readonly kind: 'init-failed'; readonly error: FunctionError; readonly frame?: Frame | undefined }
  | {
      readonly kind: 'died';
      readonly why: 'crash' | 'exit' | 'timeout';
      readonly error: FunctionError;
      readonly frame?: Frame | undefined;
    };

/** Gives an environment to an invocation. It runs Init first if the environment has no live process. */
export function begin(
  state: LambdaState,
  environment: Environment,
  invocation: Invocation,
  nowMs: number,
): readonly LambdaEffect[] {
  invariant(environment.invocation === null, `${environment.id} is busy already: one environment, one request (LS-17)`);
  environment.invocation = invocation.id;
  if (environment.state === 'idle') return invoke(state, environment, invocation, nowMs);
  environment.state = 'starting';
  return [
    { ...start(environment), first: callOf(environment, invocation, nowMs) },
    deadline(initOf(environment), nowMs + INIT_PHASE_MS, { kind: 'init-overran', environment: environment.id }),
  ];
}

/** The next process of an environment. */
function start(environment: Environment): CodeEffect & { readonly kind: 'start' } {
  environment.starts += 1;
  return {
    kind: 'start',
    environment: environment.id,
    process: environment.starts,
    settings: environment.target.settings,
    wait: ENVIRONMENT_START,
  };
}

/** Init is over. The invocation that waited for it begins now, and its timeout starts (LS-23). */
export function initialised(state: LambdaState, environmentId: string, nowMs: number): readonly LambdaEffect[] {
  const environment = environmentOf(state, environmentId);
  invariant(environment.state === 'starting', `${environmentId} was not starting`);
  const invocation = state.invocations.get(environment.invocation ?? '');
  invariant(invocation !== undefined, `${environmentId} was started for nobody`);
  return [{ kind: 'cancel', of: initOf(environment) }, ...invoke(state, environment, invocation, nowMs)];
}

/** The name of the timer that limits an environment's Init. */
function initOf({ id }: Environment): string {
  return `${id}/init`;
}

/** A limit of Lambda's own: if it passes while other work is enabled, that work was slow. */
function deadline(of: string, atMs: number, message: LambdaMessage): LambdaEffect {
  return {
    kind: 'timer',
    of,
    as: 'deadline',
    atMs,
    message,
    label: `the deadline of ${of}`,
    isCancellable: true,
    owner: { actor: of, isInvocation: true },
  };
}

function invoke(
  state: LambdaState,
  environment: Environment,
  invocation: Invocation,
  nowMs: number,
): readonly LambdaEffect[] {
  environment.state = 'busy';
  const call = callOf(environment, invocation, nowMs);
  const { deadlineMs } = call.context;
  invocation.deadlineMs = deadlineMs;
  return [
    started(state, invocation),
    deadline(invocation.id, deadlineMs, { kind: 'timed-out', invocation: invocation.id }),
    { kind: 'invoke', environment: environment.id, ...call, ...chainedBy(invocation.chain) },
  ];
}

/** The handler's input if Invoke begins at `nowMs`. */
function callOf({ target }: Environment, invocation: Invocation, nowMs: number): HostInvocation {
  const { FunctionArn, Timeout } = target;
  const { id, payloadJson, requestId } = invocation;
  const context = { requestId, functionArn: FunctionArn, deadlineMs: nowMs + Timeout * 1_000 };
  return { invocation: id, payloadJson, context };
}

function started(state: LambdaState, invocation: Invocation): LambdaEffect {
  return note({
    kind: 'invocation-started',
    invocation: invocation.id,
    functionName: shownName(state, invocation.functionName),
    environment: invocation.environment,
    cold: invocation.cold,
    requestId: invocation.requestId,
    payload: valueOfJsonText(invocation.payloadJson),
  });
}

/** Ends the environments of a function that are free: it was changed, or deleted. Those that are busy end later (UV-25). */
export function retireFree(state: LambdaState, functionName: string): readonly LambdaEffect[] {
  const free = [...state.environments.values()].filter(
    (environment) => environment.functionName === functionName && environment.invocation === null,
  );
  for (const { id } of free) state.environments.delete(id);
  return free
    .filter((environment) => environment.state === 'idle')
    .map(({ id }) => ({ kind: 'kill', environment: id }));
}

/** The result of an invocation, for the caller that asked for it. */
export interface Ended {
  readonly effects: readonly LambdaEffect[];
  readonly origin: Origin;
  readonly outcome: InvocationOutcome;
  readonly answer: AwsAnswer;
  readonly functionName: string;
  readonly environment: string;
}

/** Ends an invocation and frees or resets its environment. */
export function endInvocation(state: LambdaState, invocationId: string, end: End): Ended {
  const invocation = state.invocations.get(invocationId);
  invariant(invocation !== undefined, `no invocation «${invocationId}»`);
  const environment = environmentOf(state, invocation.environment);
  const outcome = outcomeOf(end);
  environment.invocation = null;
  environment.lastUsed = nextNumber(state, 'uses');
  state.invocations.delete(invocationId);
  const functionName = shownName(state, invocation.functionName);
  // An invocation whose Init failed has a start and an end like any other, as in AWS's log.
  const begun = invocation.deadlineMs === null ? [started(state, invocation)] : [];
  const effects: readonly LambdaEffect[] = [
    ...begun,
    { kind: 'cancel', of: invocationId },
    { kind: 'cancel', of: initOf(environment) },
    note({ kind: 'invocation-ended', invocation: invocationId, functionName, environment: environment.id, outcome }),
    ...afterwards(state, environment, functionName, end),
  ];
  return {
    effects,
    origin: invocation.origin,
    outcome,
    answer: answerOf(outcome, end),
    functionName: invocation.functionName,
    environment: environment.id,
  };
}

/** Init that takes too long is stopped and run again, now within the function's timeout: «suppressed init» (LS-20). */
export function restartInit(state: LambdaState, environmentId: string, nowMs: number): readonly LambdaEffect[] {
  const environment = environmentOf(state, environmentId);
  const { target } = environment;
  const functionName = shownName(state, environment.functionName);
  const invocation = environment.invocation;
  invariant(invocation !== null, `${environment.id} overran Init for nobody`);
  return [
    { kind: 'kill', environment: environment.id },
    note({ kind: 'environment-reset', functionName, environment: environment.id, why: 'init-timeout' }),
    start(environment),
    deadline(invocation, nowMs + target.Timeout * 1_000, { kind: 'timed-out', invocation }),
  ];
}

/**
 * A handler that answered or threw leaves a frozen process (LS-19); a process that died leaves an environment to be reset
 * (LS-21). An environment whose function was changed or deleted meanwhile is gone (LS-33, UV-25).
 */
function afterwards(
  state: LambdaState,
  environment: Environment,
  functionName: string,
  end: End,
): readonly LambdaEffect[] {
  const isOutdated = state.functions.get(environment.functionName) !== environment.target;
  if (isOutdated) state.environments.delete(environment.id);
  if (end.kind === 'returned' || end.kind === 'failed') {
    if (isOutdated) return [{ kind: 'kill', environment: environment.id }];
    environment.state = 'idle';
    return [{ kind: 'freeze', environment: environment.id }];
  }
  environment.state = 'reset';
  const why = end.kind === 'died' ? end.why : 'crash';
  return [
    { kind: 'kill', environment: environment.id },
    note({ kind: 'environment-reset', functionName, environment: environment.id, why }),
  ];
}

function outcomeOf(end: End): InvocationOutcome {
  switch (end.kind) {
    case 'returned': {
      const bytes = utf8Length(end.payloadJson);
      if (bytes > SYNCHRONOUS_PAYLOAD_BYTES) return { kind: 'failed', error: responseTooLarge() };
      return { kind: 'returned', payload: valueOfJsonText(end.payloadJson) };
    }
    case 'failed':
    case 'init-failed':
    case 'died':
      return {
        kind: 'failed',
        error: end.error,
        ...(end.frame === undefined ? {} : { frame: end.frame }),
        ...(end.kind === 'init-failed' ? { during: 'init' } : {}),
      };
    default:
      return unreachable(end, 'end of an invocation');
  }
}

/** A function error is HTTP 200 with `FunctionError` (LS-27). */
function answerOf(outcome: InvocationOutcome, end: End): AwsAnswer {
  if (outcome.kind === 'returned') {
    invariant(end.kind === 'returned', 'only a handler that returned has a payload');
    return ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: toUtf8(end.payloadJson) });
  }
  return ok({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    FunctionError: 'Unhandled',
    Payload: toUtf8(JSON.stringify(outcome.error)),
  });
}

/** LS-28. */
export function timeoutError(requestId: string, timeoutS: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutS.toFixed(2)} seconds`,
  };
}

/** LS-29. */
export function exitError(requestId: string): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited without providing a reason`,
  };
}

/** LS-25. */
function responseTooLarge(): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${SYNCHRONOUS_PAYLOAD_BYTES} bytes).`,
  };
}

/** The invocation that an environment runs or is being started for. */
export function invocationOf(state: LambdaState, environmentId: string): string {
  const { invocation } = environmentOf(state, environmentId);
  invariant(invocation !== null, `${environmentId} runs nothing`);
  return invocation;
}

function environmentOf(state: LambdaState, id: string): Environment {
  const environment = state.environments.get(id);
  invariant(environment !== undefined, `no environment «${id}»`);
  return environment;
}

function shownName(state: LambdaState, name: string): string {
  return state.displayNames.get(name) ?? name;
}
