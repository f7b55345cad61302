/**
 * AWS Lambda, synchronous and asynchronous: the state machine's one door.
 *
 * `handleLambda` takes a message and returns effects; it changes only the state that it is given. It runs no code, knows
 * no clock and no other service. Versions, aliases and layers are refused by name.
 */

import { invariant, unreachable } from '../../kernel/bug.ts';
import { type AwsAnswer, type Footprint, NO_FOOTPRINT, notSimulated } from '../service.ts';
import { admit } from './admission.ts';
import {
  type End,
  endInvocation,
  exitError,
  initialised,
  invocationOf,
  restartInit,
  timeoutError,
} from './environments.ts';
import { deleteEventInvokeConfig, getEventInvokeConfig, putEventInvokeConfig } from './event-invoke-config.ts';
import { duplicateEvent, eventDue, eventEnded, queueEvent } from './events.ts';
import { endFootprint, freePath, functionsPath, limitsPath, numbersPath, settingsPath } from './footprints.ts';
import {
  createFunction,
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunction,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from './functions.ts';
import { readFunctionName, readInvoke } from './invoke.ts';
import type { LambdaMessage, LambdaStep } from './messages.ts';
import { count, type LambdaState } from './state.ts';

/** Applies one message at `nowMs` and says what follows from it. AWS errors are answers; only bugs throw. */
export function handleLambda(state: LambdaState, message: LambdaMessage, nowMs: number): LambdaStep {
  return message.kind === 'call' ? handleCall(state, message, nowMs) : handleOther(state, message, nowMs);
}

/**
 * Numbers an invocation when it is asked for: its name must not depend on who begins first. Null if there is no such
 * function.
 */
export function askFor(
  state: LambdaState,
  functionName: string,
): { readonly number: number | null; readonly footprint: Footprint } {
  const { name } = readFunctionName(functionName);
  const reads = [settingsPath(name)];
  if (!state.functions.has(name)) return { number: null, footprint: { reads, writes: [] } };
  return { number: count(state, `invocations/${name}`), footprint: { reads, writes: [numbersPath(name)] } };
}

type OtherMessage = Exclude<LambdaMessage, { readonly kind: 'call' }>;

/** What comes from processes, from the clock and from Lambda's own queue. */
function handleOther(state: LambdaState, message: OtherMessage, nowMs: number): LambdaStep {
  switch (message.kind) {
    case 'initialised':
      return { effects: initialised(state, message.environment, nowMs), footprint: NO_FOOTPRINT };
    case 'init-failed': {
      const { environment, error, frame } = message;
      return ended(state, invocationOf(state, environment), { kind: 'init-failed', error, frame }, nowMs);
    }
    case 'init-overran':
      return { effects: restartInit(state, message.environment, nowMs), footprint: NO_FOOTPRINT };
    case 'returned': {
      const { invocation, payloadJson } = message;
      return ended(state, invocation, { kind: 'returned', payloadJson }, nowMs);
    }
    case 'failed': {
      const { invocation, error, frame } = message;
      return ended(state, invocation, { kind: 'failed', error, frame }, nowMs);
    }
    case 'exited':
      return exited(state, message, nowMs);
    case 'timed-out':
      return timedOut(state, message.invocation, nowMs);
    case 'event-due':
      return eventDue(state, message.event, nowMs);
    case 'duplicate-event':
      return duplicateEvent(state, message.event, nowMs);
    default:
      return unreachable(message, 'lambda message');
  }
}

/** An invocation is over: its caller is answered, or its event goes on. */
function ended(state: LambdaState, invocationId: string, end: End, nowMs: number): LambdaStep {
  const { effects, origin, outcome, answer, functionName, environment } = endInvocation(state, invocationId, end);
  const footprint = endFootprint(state, functionName, environment);
  if (origin.kind === 'call') return { effects: [...effects, { kind: 'reply', call: origin.call, answer }], footprint };
  const next = eventEnded(state, origin.event, outcome, nowMs);
  return { effects: [...effects, ...next.effects], footprint: both(footprint, next.footprint) };
}

function both(a: Footprint, b: Footprint): Footprint {
  return {
    reads: [...a.reads, ...b.reads],
    writes: [...a.writes, ...b.writes],
    adds: [...(a.adds ?? []), ...(b.adds ?? [])],
  };
}

function handleCall(state: LambdaState, message: LambdaMessage & { kind: 'call' }, nowMs: number): LambdaStep {
  if (message.operation === 'Invoke') {
    const request = readInvoke(state, message.input);
    if (request.kind === 'answered') {
      const { name } = readFunctionName(String(message.input.FunctionName ?? ''));
      return answered(message.call, request.answer, [settingsPath(name)], []);
    }
    const { call, number: known } = message;
    const number = known ?? count(state, `invocations/${request.target.FunctionName}`);
    const step = request.isEvent
      ? queueEvent(state, call, request, number, nowMs)
      : admit(state, call, request, number, nowMs);
    if (known !== undefined) return step;
    const counted = { reads: [], writes: [numbersPath(request.target.FunctionName)] };
    return { effects: step.effects, footprint: both(step.footprint, counted) };
  }
  const name = String(message.input.FunctionName ?? '');
  const settings = settingsPath(name);
  const limits = [settings, limitsPath(), 'lambda/pool', `lambda/${name}/pool`];
  switch (message.operation) {
    case 'CreateFunction':
      return answered(message.call, createFunction(state, message.input), [], [settings, functionsPath()]);
    case 'GetFunction':
    case 'GetFunctionConfiguration':
      return answered(message.call, getFunction(state, message.operation, message.input), [settings], []);
    case 'PutFunctionConcurrency':
      return answered(message.call, putFunctionConcurrency(state, message.input), [], limits);
    case 'GetFunctionConcurrency':
      return answered(message.call, getFunctionConcurrency(state, message.input), [settings], []);
    case 'DeleteFunctionConcurrency':
      return answered(message.call, deleteFunctionConcurrency(state, message.input), [], limits);
    case 'PutFunctionEventInvokeConfig':
      return answered(message.call, putEventInvokeConfig(state, message.input, 'put'), [], [settings]);
    case 'UpdateFunctionEventInvokeConfig':
      return answered(message.call, putEventInvokeConfig(state, message.input, 'update'), [settings], [settings]);
    case 'GetFunctionEventInvokeConfig':
      return answered(message.call, getEventInvokeConfig(state, message.input), [settings], []);
    case 'DeleteFunctionEventInvokeConfig':
      return answered(message.call, deleteEventInvokeConfig(state, message.input), [], [settings]);
    case 'GetAccountSettings':
      return answered(message.call, getAccountSettings(state), [limitsPath(), functionsPath(), 'lambda/pool'], []);
    default:
      return answered(message.call, notSimulated(`The Lambda operation «${message.operation}»`), [], []);
  }
}

function answered(call: string, answer: AwsAnswer, reads: readonly string[], writes: readonly string[]): LambdaStep {
  // A refusal has looked at what it would have changed.
  const footprint = answer.ok ? { reads, writes } : { reads: [...reads, ...writes], writes: [] };
  return { effects: [{ kind: 'reply', call, answer }], footprint };
}

/** The process is gone. With nothing running in it, only the environment needs Init again (LS-21). */
function exited(state: LambdaState, message: LambdaMessage & { kind: 'exited' }, nowMs: number): LambdaStep {
  const { environment: environmentId, why } = message;
  const environment = state.environments.get(environmentId);
  invariant(environment !== undefined, `no environment «${environmentId}»`);
  if (environment.invocation === null) {
    environment.state = 'reset';
    const { functionName } = environment;
    return {
      effects: [
        { kind: 'kill', environment: environmentId },
        { kind: 'note', event: { kind: 'environment-reset', functionName, environment: environmentId, why } },
      ],
      footprint: { reads: [], writes: [freePath(environmentId)] },
    };
  }
  const invocation = state.invocations.get(environment.invocation);
  invariant(invocation !== undefined, `no invocation «${environment.invocation}»`);
  const error = message.error ?? exitError(invocation.requestId);
  return ended(state, invocation.id, { kind: 'died', why, error, frame: message.frame }, nowMs);
}

function timedOut(state: LambdaState, invocationId: string, nowMs: number): LambdaStep {
  const invocation = state.invocations.get(invocationId);
  invariant(invocation !== undefined, `no invocation «${invocationId}»`);
  const timeoutS = state.functions.get(invocation.functionName)?.Timeout ?? 0;
  const error = timeoutError(invocation.requestId, timeoutS);
  return ended(state, invocationId, { kind: 'died', why: 'timeout', error }, nowMs);
}
