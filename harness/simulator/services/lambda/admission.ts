/**
 * Admission: whether a request may run now. Reservations, the shared pool, rate and scaling limits.
 *
 * Limits are checked per request, when it arrives (LS-08). An admitted request gets an environment (placement.ts); any other is
 * throttled in AWS's words (LS-13, LS-14).
 */

import { type AwsAnswer, fail } from '../../contract/answer.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import type { Room } from '../../kernel/agenda.ts';
import { freePath, limitsPath, namedPaths, poolPaths } from './footprints.ts';
import { onDemandConcurrency } from './limits.ts';
import type { LambdaEffect, LambdaServed } from './messages.ts';
import { note } from './notes.ts';
import { freeEnvironment, placeRequest } from './placement.ts';
import { provisionedAt, provisionedRoom } from './provisioned-environments.ts';
import { functionOf, pointedTo, qualifierOf, toldName } from './qualified.ts';
import type { Candidate, Environment, LambdaState } from './state.ts';

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
export function admit(state: LambdaState, candidate: Candidate, moment: Moment): LambdaServed {
  const admission = tryAdmit(state, candidate, moment);
  const { footprint } = admission;
  if (admission.kind === 'admitted') return { answer: null, effects: admission.effects, footprint };
  const { reason } = admission;
  const functionName = toldName(state, candidate.functionName, candidate.qualifier);
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
  const named = [...namedPaths(name, candidate.qualifier), limitsPath()];
  const ahead = provisionedPlace(state, candidate, nowMs);
  if (ahead !== null) {
    const { effects, footprint } = placeRequest(state, candidate, ahead, moment);
    // An event takes the place of a gate, and touches all that its gate looks at.
    const others = candidate.origin.kind === 'event' ? [...pool, ...provisionedPaths(state, candidate)] : [];
    return { kind: 'admitted', effects, footprint: joined({ reads: [...named, ...others], writes: [] }, footprint) };
  }
  const reads = [...named, ...provisionedPaths(state, candidate)];
  const reason = overLimit(state, name) ?? overRate(state, name, nowMs);
  const refused: Footprint = { reads: [...reads, ...pool], writes: [] };
  if (reason !== null) return { kind: 'throttled', reason, footprint: refused };
  const free = freeEnvironment(state, candidate);
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

/** A free environment that is provisioned for the version, unless ten requests for each have come within the second (LS-09, LS-41). */
function provisionedPlace(state: LambdaState, candidate: Candidate, nowMs: number): Environment | null {
  const { allocated, free } = provisionedAt(state, candidate);
  if (free === null || state.rates === 'not-enforced') return free;
  const { functionName, version } = candidate;
  return admits(state, `${functionName}:${version}`, allocated, nowMs) ? free : null;
}

/** A request that is served on demand has looked at every provisioned environment. */
function provisionedPaths(state: LambdaState, { functionName, version }: Candidate): readonly string[] {
  return provisionedRoom(state, functionName, version).all.map(({ id }) => freePath(id));
}

/**
 * How many requests for a qualified name find a place now, to whichever version they go: one at least where none can wait for another to
 * give its place back, as the function is gone or has nothing for it.
 */
export function roomAt(state: LambdaState, gate: string): Room {
  const functionName = functionOf(gate);
  const qualifier = qualifierOf(gate);
  const { taken, units } = onDemandConcurrency(state, functionName);
  const rooms = pointedTo(state, functionName, qualifier).map(({ target }) =>
    provisionedRoom(state, functionName, target.Version),
  );
  const onDemand = Math.max(0, units - taken);
  const places = Math.min(...rooms.map(({ free }) => free + onDemand));
  const mayWait = rooms.length > 0 && rooms.every(({ all }) => all.length > 0 || units > 0);
  const ahead = rooms.flatMap(({ all }) => all.map(({ id }) => freePath(id)));
  const reads = [...namedPaths(functionName, qualifier), limitsPath(), ...poolPaths(state, functionName), ...ahead];
  return { places: mayWait ? places : Math.max(1, onDemand), footprint: { reads, writes: [] } };
}

function overLimit(state: LambdaState, name: string): ThrottleReason | null {
  const { units, taken } = onDemandConcurrency(state, name);
  if (taken < units) return null;
  return state.reserved.has(name)
    ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
    : 'ConcurrentInvocationLimitExceeded';
}

/** Fixed windows of one second (UV-02), per function and for the account. */
function overRate(state: LambdaState, name: string, nowMs: number): ThrottleReason | null {
  if (state.rates === 'not-enforced') return null;
  const reserved = state.reserved.get(name);
  const units = reserved ?? state.accountConcurrency;
  const window = reserved === undefined ? 'account' : name;
  if (admits(state, window, units, nowMs)) return null;
  return reserved === undefined ? 'FunctionInvocationRateLimitExceeded' : 'ReservedFunctionInvocationRateLimitExceeded';
}

/** Counts a request in its window of one second, unless the window is full (UV-02). */
function admits(state: LambdaState, window: string, units: number, nowMs: number): boolean {
  const secondStart = nowMs - (nowMs % 1_000);
  const current = state.requestWindows.get(window);
  const admitted = current?.secondStart === secondStart ? current.admitted : 0;
  if (admitted >= units * REQUESTS_PER_UNIT_AND_SECOND) return false;
  state.requestWindows.set(window, { secondStart, admitted: admitted + 1 });
  return true;
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
