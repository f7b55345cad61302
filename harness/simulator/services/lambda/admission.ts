/**
 * Admission: whether a request may run now. Reservations, the shared pool, rate and scaling limits.
 *
 * Limits are checked per request, when it arrives (LS-08). An admitted request gets an environment (placement.ts); any other is
 * throttled in AWS's words (LS-13, LS-14).
 */

import { type AwsAnswer, type CallId, fail } from '../../contract/answer.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import type { Room } from '../../kernel/agenda.ts';
import { limitsPath, poolPaths, settingsPath } from './footprints.ts';
import type { InvokeRequest } from './invoke.ts';
import type { LambdaEffect, LambdaServed } from './messages.ts';
import { note } from './notes.ts';
import { freeEnvironment, placeRequest } from './placement.ts';
import type { Candidate, LambdaState } from './state.ts';

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
  moment: Moment,
): LambdaServed {
  const { target, payloadJson, chain } = request;
  const { FunctionName: name } = target;
  const admission = tryAdmit(
    state,
    { functionName: name, number, payloadJson, origin: { kind: 'call', call }, ...chainedBy(chain) },
    moment,
  );
  const { footprint } = admission;
  if (admission.kind === 'admitted') return { answer: null, effects: admission.effects, footprint };
  const { reason } = admission;
  const functionName = state.displayNames.get(name) ?? name;
  return {
    answer: throttle(reason),
    effects: [note({ kind: 'invocation-throttled', functionName, reason })],
    footprint,
  };
}

export type Admission =
  | { readonly kind: 'admitted'; readonly effects: readonly LambdaEffect[]; readonly footprint: Footprint }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason; readonly footprint: Footprint };

/** Begins an invocation, if one may begin now. */
export function tryAdmit(state: LambdaState, candidate: Candidate, moment: Moment): Admission {
  const { nowMs } = moment;
  const name = candidate.functionName;
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
  const { effects, footprint } = placeRequest(state, candidate, free, moment);
  return { kind: 'admitted', effects, footprint: joined({ reads, writes: pool }, footprint) };
}

/**
 * How many requests of a function find a place now: one at least where none can wait for another to give its place back, as the function is
 * gone or has nothing reserved.
 */
export function roomAt(state: LambdaState, functionName: string): Room {
  const { taken, units } = concurrencyOf(state, functionName);
  const reads = [settingsPath(functionName), limitsPath(), ...poolPaths(state, functionName)];
  const mayWait = state.functions.has(functionName) && units > 0;
  return { places: mayWait ? units - taken : Math.max(1, units - taken), footprint: { reads, writes: [] } };
}

/** The units from which a function's invocations take theirs, and how many of them are taken (LS-02, LS-08). */
function concurrencyOf(state: LambdaState, name: string): { readonly units: number; readonly taken: number } {
  const reserved = state.reserved.get(name);
  if (reserved !== undefined) return { units: reserved, taken: inFlight(state, (other) => other === name) };
  const sum = [...state.reserved.values()].reduce((total, units) => total + units, 0);
  return { units: state.accountConcurrency - sum, taken: inFlight(state, (other) => !state.reserved.has(other)) };
}

function overLimit(state: LambdaState, name: string): ThrottleReason | null {
  const { units, taken } = concurrencyOf(state, name);
  if (taken < units) return null;
  return state.reserved.has(name)
    ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
    : 'ConcurrentInvocationLimitExceeded';
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

/** Body and status as recorded from AWS (LS-13). */
function throttle(reason: ThrottleReason): AwsAnswer {
  return fail('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: reason, Type: 'User' });
}
