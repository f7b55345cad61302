/**
 * Admission: whether a request may run now, and in which environment. Reservations, the shared pool, rate and scaling limits.
 *
 * Limits are checked per request, when it arrives (LS-08). An admitted request gets a free environment or a new one (LS-17);
 * any other is throttled in AWS's words (LS-13, LS-14).
 */

import { type AwsAnswer, type CallId, fail } from '../../contract/answer.ts';
import type { Footprint } from '../../contract/footprint.ts';
import { begin } from './environments.ts';
import { freePath, limitsPath, poolPaths, settingsPath } from './footprints.ts';
import type { InvokeRequest } from './invoke.ts';
import type { LambdaEffect, LambdaServed } from './messages.ts';
import { note } from './notes.ts';
import {
  type Environment,
  functionNumber,
  type Invocation,
  type LambdaFunction,
  type LambdaState,
  type Origin,
} from './state.ts';

export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded';

/** Each unit of concurrency admits ten requests a second (LS-09). */
const REQUESTS_PER_UNIT_AND_SECOND = 10;
/** 1,000 new environments every 10 seconds per function, refilled continuously (LS-10): one every 10 ms. */
const SCALING_ALLOWANCE = 1_000;
const SCALING_MS_PER_ENVIRONMENT = 10;

/** Admits a synchronous request or throttles it. */
export function admit(
  state: LambdaState,
  call: CallId,
  request: InvokeRequest,
  number: number,
  nowMs: number,
): LambdaServed {
  const { target, payloadJson } = request;
  const admission = tryAdmit(state, { target, number, payloadJson, origin: { kind: 'call', call } }, nowMs);
  const { footprint } = admission;
  if (admission.kind === 'admitted') return { answer: null, effects: admission.effects, footprint };
  const { reason } = admission;
  const functionName = state.displayNames.get(target.FunctionName) ?? target.FunctionName;
  return {
    answer: throttle(reason),
    effects: [note({ kind: 'invocation-throttled', functionName, reason })],
    footprint,
  };
}

/** A request that wants to run, and its origin. */
export interface Candidate {
  readonly target: LambdaFunction;
  /** Assigned when the request was sent, so that it does not depend on which invocation begins first. */
  readonly number: number;
  readonly payloadJson: string;
  readonly origin: Origin;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly effects: readonly LambdaEffect[]; readonly footprint: Footprint }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason; readonly footprint: Footprint };

/** Begins an invocation, if one may begin now. */
export function tryAdmit(state: LambdaState, candidate: Candidate, nowMs: number): Admission {
  const { target, number, payloadJson, origin } = candidate;
  const name = target.FunctionName;
  const pool = poolPaths(state, name);
  const reads = [settingsPath(name), limitsPath()];
  const reason = overLimit(state, name) ?? overRate(state, name, nowMs);
  const refused: Footprint = { reads: [...reads, ...pool], writes: [] };
  if (reason !== null) return { kind: 'throttled', reason, footprint: refused };
  const free = freeEnvironment(state, name);
  if (free === null && !mayScale(state, name, nowMs)) {
    return {
      kind: 'throttled',
      reason: state.reserved.has(name)
        ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
        : 'ConcurrentInvocationLimitExceeded',
      footprint: refused,
    };
  }
  const shown = state.displayNames.get(name) ?? name;
  // A request that finds no free environment would have taken any, including one that is created and freed before a later
  // request.
  const passedOver =
    free === null ? [freePath(`${shown}/*`)] : environmentsBefore(state, name, free).map(({ id }) => freePath(id));
  const environment = free ?? newEnvironment(state, name, number);
  const cold = environment.state !== 'idle';
  // Two requests that find no free environment do not conflict: each creates its own, named after its own number.
  const taken = free === null ? [] : [freePath(free.id)];
  const footprint: Footprint = { reads: [...reads, ...passedOver], writes: [...pool, ...taken] };
  const invocation: Invocation = {
    id: `${shown}#${number}`,
    functionName: name,
    environment: environment.id,
    origin,
    requestId: origin.kind === 'event' ? origin.requestId : requestId(functionNumber(state, name), number),
    payloadJson,
    cold,
    deadlineMs: null,
  };
  state.invocations.set(invocation.id, invocation);
  const created: readonly LambdaEffect[] =
    free === null ? [note({ kind: 'environment-created', functionName: shown, environment: environment.id })] : [];
  return { kind: 'admitted', effects: [...created, ...begin(state, environment, invocation, nowMs)], footprint };
}

function overLimit(state: LambdaState, name: string): ThrottleReason | null {
  const reserved = state.reserved.get(name);
  if (reserved !== undefined) {
    return inFlight(state, (other) => other === name) >= reserved
      ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
      : null;
  }
  const sum = [...state.reserved.values()].reduce((total, units) => total + units, 0);
  const shared = inFlight(state, (other) => !state.reserved.has(other));
  return shared >= state.accountConcurrency - sum ? 'ConcurrentInvocationLimitExceeded' : null;
}

/** The number of environments that are busy or starting (LS-17). */
function inFlight(state: LambdaState, counts: (functionName: string) => boolean): number {
  let busy = 0;
  for (const environment of state.environments.values()) {
    if (environment.invocation !== null && counts(environment.functionName)) busy += 1;
  }
  return busy;
}

/** Fixed windows of one second (UV-02), per function and for the account. */
function overRate(state: LambdaState, name: string, nowMs: number): ThrottleReason | null {
  if (state.rates === 'not-enforced') return null;
  const reserved = state.reserved.get(name);
  const units = reserved ?? state.accountConcurrency;
  const window = reserved === undefined ? 'account' : name;
  const secondStart = nowMs - (nowMs % 1_000);
  const current = state.requestWindows.get(window);
  const admitted = current?.secondStart === secondStart ? current.admitted : 0;
  if (admitted >= units * REQUESTS_PER_UNIT_AND_SECOND) {
    return reserved === undefined
      ? 'FunctionInvocationRateLimitExceeded'
      : 'ReservedFunctionInvocationRateLimitExceeded';
  }
  state.requestWindows.set(window, { secondStart, admitted: admitted + 1 });
  return null;
}

function mayScale(state: LambdaState, name: string, nowMs: number): boolean {
  if (state.rates === 'not-enforced') return true;
  const known = state.scaling.get(name) ?? { allowance: SCALING_ALLOWANCE, atMs: nowMs };
  const refilled = Math.floor((nowMs - known.atMs) / SCALING_MS_PER_ENVIRONMENT);
  const allowance = Math.min(SCALING_ALLOWANCE, known.allowance + refilled);
  if (allowance === 0) return false;
  const atMs = allowance === SCALING_ALLOWANCE ? nowMs : known.atMs + refilled * SCALING_MS_PER_ENVIRONMENT;
  state.scaling.set(name, { allowance: allowance - 1, atMs });
  return true;
}

/**
 * A free environment; one that was reset counts as free (LS-21). In timed runs it is the most recently used one (UV-01). In
 * exploration it is the one that was created first: AWS promises neither, and with this rule the order in which environments
 * become free does not matter.
 */
function freeEnvironment(state: LambdaState, name: string): Environment | null {
  let best: Environment | null = null;
  for (const environment of state.environments.values()) {
    if (environment.functionName !== name || environment.invocation !== null) continue;
    if (best === null || comesBefore(state, environment, best)) best = environment;
  }
  return best;
}

/** The environments that would have been taken instead, if they had been free. */
function environmentsBefore(state: LambdaState, name: string, taken: Environment): readonly Environment[] {
  return [...state.environments.values()].filter(
    (other) => other.functionName === name && other !== taken && comesBefore(state, other, taken),
  );
}

function comesBefore(state: LambdaState, a: Environment, b: Environment): boolean {
  return state.rates === 'enforced' ? a.lastUsed > b.lastUsed : a.number < b.number;
}

function newEnvironment(state: LambdaState, name: string, number: number): Environment {
  const shown = state.displayNames.get(name) ?? name;
  const id = `${shown}/environment-${number}`;
  const environment: Environment = {
    id,
    number,
    functionName: name,
    state: 'reset',
    invocation: null,
    starts: 0,
    lastUsed: 0,
  };
  state.environments.set(id, environment);
  return environment;
}

/**
 * Ids look like AWS's and are counted per function: equal choices give equal traces, and other functions do not change them.
 */
function requestId(functionIndex: number, n: number): string {
  return `00000000-0000-4000-8000-${functionIndex.toString(16).padStart(4, '0')}${n.toString(16).padStart(8, '0')}`;
}

/** Body and status as recorded from AWS (LS-13). */
function throttle(reason: ThrottleReason): AwsAnswer {
  return fail('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: reason, Type: 'User' });
}
