/**
 * AWS Lambda, synchronous and asynchronous: the state machine's one door.
 *
 * `handleLambda` takes a message and returns effects; it changes only the state that it is given. It runs no code, knows
 * no clock and no other service. Versions, aliases and layers are refused by name.
 */

import { invariant, unreachable } from '../../kernel/bug.ts';
import { type AwsAnswer, type Footprint, notSimulated } from '../service.ts';
import { admit, poolFootprint } from './admission.ts';
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
import {
  createFunction,
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunction,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from './functions.ts';
import { readInvoke } from './invoke.ts';
import type { LambdaEffect, LambdaMessage, LambdaStep } from './messages.ts';
import type { LambdaState } from './state.ts';

/** Applies one message at `nowMs` and says what follows from it. AWS errors are answers; only bugs throw. */
export function handleLambda(state: LambdaState, message: LambdaMessage, nowMs: number): LambdaStep {
  if (message.kind === 'call') return handleCall(state, message, nowMs);
  const footprint = footprintOf(state, message);
  return { effects: handleOther(state, message, nowMs), footprint };
}

type OtherMessage = Exclude<LambdaMessage, { readonly kind: 'call' }>;

/** What comes from processes, from the clock and from Lambda's own queue. */
function handleOther(state: LambdaState, message: OtherMessage, nowMs: number): readonly LambdaEffect[] {
  switch (message.kind) {
    case 'initialised':
      return initialised(state, message.environment, nowMs);
    case 'init-failed': {
      const { environment, error, frame } = message;
      return ended(state, invocationOf(state, environment), { kind: 'init-failed', error, frame }, nowMs);
    }
    case 'init-overran':
      return restartInit(state, message.environment, nowMs);
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

/** Whoever begins or ends changes who may run, and where the next one does. */
function footprintOf(state: LambdaState, message: OtherMessage): Footprint {
  if ('event' in message) {
    const name = state.events.get(message.event)?.functionName ?? '';
    const pool = poolFootprint(state, name);
    return { ...pool, writes: [...pool.writes, `lambda/${name}/events`] };
  }
  const holder =
    'environment' in message ? state.environments.get(message.environment) : state.invocations.get(message.invocation);
  return poolFootprint(state, holder?.functionName ?? '');
}

/** An invocation is over: its caller is answered, or its event goes on. */
function ended(state: LambdaState, invocationId: string, end: End, nowMs: number): readonly LambdaEffect[] {
  const { effects, origin, outcome, answer } = endInvocation(state, invocationId, end);
  if (origin.kind === 'call') return [...effects, { kind: 'reply', call: origin.call, answer }];
  return [...effects, ...eventEnded(state, origin.event, outcome, nowMs)];
}

function handleCall(state: LambdaState, message: LambdaMessage & { kind: 'call' }, nowMs: number): LambdaStep {
  if (message.operation === 'Invoke') {
    const request = readInvoke(state, message.input);
    if (request.kind === 'answered') return answered(message.call, request.answer, [], []);
    return request.isEvent
      ? queueEvent(state, message.call, request, nowMs)
      : admit(state, message.call, request, nowMs);
  }
  const name = String(message.input.FunctionName ?? '');
  const settings = `lambda/${name}/settings`;
  switch (message.operation) {
    case 'CreateFunction':
      return answered(message.call, createFunction(state, message.input), [], [settings]);
    case 'GetFunction':
    case 'GetFunctionConfiguration':
      return answered(message.call, getFunction(state, message.operation, message.input), [settings], []);
    case 'PutFunctionConcurrency':
      return answered(message.call, putFunctionConcurrency(state, message.input), [], [settings, 'lambda/pool']);
    case 'GetFunctionConcurrency':
      return answered(message.call, getFunctionConcurrency(state, message.input), [settings], []);
    case 'DeleteFunctionConcurrency':
      return answered(message.call, deleteFunctionConcurrency(state, message.input), [], [settings, 'lambda/pool']);
    case 'PutFunctionEventInvokeConfig':
      return answered(message.call, putEventInvokeConfig(state, message.input, 'put'), [], [settings]);
    case 'UpdateFunctionEventInvokeConfig':
      return answered(message.call, putEventInvokeConfig(state, message.input, 'update'), [settings], [settings]);
    case 'GetFunctionEventInvokeConfig':
      return answered(message.call, getEventInvokeConfig(state, message.input), [settings], []);
    case 'DeleteFunctionEventInvokeConfig':
      return answered(message.call, deleteEventInvokeConfig(state, message.input), [], [settings]);
    case 'GetAccountSettings':
      return answered(message.call, getAccountSettings(state), ['lambda/pool'], []);
    default:
      return answered(message.call, notSimulated(`The Lambda operation «${message.operation}»`), [], []);
  }
}

function answered(call: string, answer: AwsAnswer, reads: readonly string[], writes: readonly string[]): LambdaStep {
  return { effects: [{ kind: 'reply', call, answer }], footprint: { reads, writes: answer.ok ? writes : [] } };
}

/** The process is gone. With nothing running in it, only the environment needs Init again (LS-21). */
function exited(
  state: LambdaState,
  message: LambdaMessage & { kind: 'exited' },
  nowMs: number,
): readonly LambdaEffect[] {
  const { environment: environmentId, why } = message;
  const environment = state.environments.get(environmentId);
  invariant(environment !== undefined, `no environment «${environmentId}»`);
  if (environment.invocation === null) {
    environment.state = 'reset';
    return [
      { kind: 'kill', environment: environmentId },
      {
        kind: 'note',
        event: { kind: 'environment-reset', functionName: environment.functionName, environment: environmentId, why },
      },
    ];
  }
  const invocation = state.invocations.get(environment.invocation);
  invariant(invocation !== undefined, `no invocation «${environment.invocation}»`);
  const error = message.error ?? exitError(invocation.requestId);
  return ended(state, invocation.id, { kind: 'died', why, error, frame: message.frame }, nowMs);
}

function timedOut(state: LambdaState, invocationId: string, nowMs: number): readonly LambdaEffect[] {
  const invocation = state.invocations.get(invocationId);
  invariant(invocation !== undefined, `no invocation «${invocationId}»`);
  const timeoutS = state.functions.get(invocation.functionName)?.Timeout ?? 0;
  const error = timeoutError(invocation.requestId, timeoutS);
  return ended(state, invocationId, { kind: 'died', why: 'timeout', error }, nowMs);
}
