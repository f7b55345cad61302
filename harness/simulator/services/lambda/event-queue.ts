/**
 * Asynchronous events: how they are queued, run, retried and given up (LA-01 to LA-09).
 *
 * The queue inside Lambda keeps no order. Each event waits independently: for its turn, for a retry, for concurrency. Its end
 * is in destinations.ts.
 */

import { ok } from '../../contract/answer.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import { valueOfJsonText } from '../../contract/json-text.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { roomAt, tryAdmit } from './admission.ts';
import { afterFailure, afterSuccess, eventConfigOf } from './destinations.ts';
import { eventPath, limitsPath, namedPaths, numbersPath } from './footprints.ts';
import type { InvokeRequest } from './invoke.ts';
import type { LambdaEffect, LambdaMessage, LambdaServed, LambdaStep } from './messages.ts';
import { LAMBDA_QUEUE, note } from './notes.ts';
import { LATEST, pointedTo, qualifiedName, toldName } from './qualified.ts';
import { loopIn, loopNote } from './recursion.ts';
import { chooseVersion, onlyVersion } from './routing.ts';
import { type AsyncEvent, functionNumber, type LambdaState, nextInvocation } from './state.ts';
import type { DiscardCondition, InvocationOutcome } from './trace-events.ts';

/** LA-04: unless set otherwise. */
const DEFAULT_RETRY_ATTEMPTS = 2;
/** LA-04: one minute before the first retry, two before the second. */
const RETRY_WAIT_MS = 60_000;
/** LA-06. */
const DEFAULT_EVENT_AGE_SECONDS = 21_600;
/** LA-05, UV-03: 1, 2, 4 … 300 s, without jitter. */
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 300_000;

/** Accepts an event with 202 at once, regardless of its outcome (LA-01). */
export function queueEvent(state: LambdaState, request: InvokeRequest, number: number, nowMs: number): LambdaServed {
  const { functionName, qualifier } = request;
  const told = toldName(state, functionName, qualifier);
  const requestId = eventRequestId(functionNumber(state, functionName), number);
  const event: AsyncEvent = {
    id: `${told}/event-${number}`,
    number,
    ...{ functionName, qualifier, ranAs: LATEST },
    requestId,
    payloadJson: request.payloadJson,
    queuedAtMs: nowMs,
    copies: 0,
    runs: 0,
    throttles: 0,
    ...chainedBy(request.chain),
  };
  state.events.set(event.id, event);
  const payload = valueOfJsonText(request.payloadJson);
  const queued = note({ kind: 'event-queued', functionName: told, requestId, payload });
  return {
    answer: ok({ StatusCode: 202, Payload: new Uint8Array() }),
    effects: [queued, due(state, event, nowMs, nowMs)],
    footprint: { reads: namedPaths(functionName, qualifier), writes: [eventPath(functionName, event.id)] },
  };
}

/**
 * Handles an event whose turn has come. Whether it will run a second time is chosen now, before its first run (LA-03); when
 * the copy runs is a matter of the schedule.
 */
export function eventDue(
  state: LambdaState,
  { event: id, isCopy }: LambdaMessage & { readonly kind: 'event-due' },
  moment: Moment,
): LambdaStep {
  const strike: readonly LambdaEffect[] = isCopy ? [{ kind: 'strike', fault: 'duplicate', by: LAMBDA_QUEUE }] : [];
  if (moment.mayStrike('duplicate') && eventOf(state, id).runs === 0) {
    const once = { kind: 'run-event', event: id, isDuplicated: false } as const;
    const options = [once, { ...once, isDuplicated: true }];
    const offer = { kind: 'offer', fault: 'duplicate', options } as const;
    return { effects: [...strike, offer], footprint: NO_FOOTPRINT };
  }
  const { effects, footprint } = runEvent(state, id, moment);
  return { effects: [...strike, ...effects], footprint };
}

/** Runs the event and queues a copy of it. */
export function runEventTwice(state: LambdaState, id: string, moment: Moment): LambdaStep {
  const copy = duplicateEvent(state, id, moment.nowMs);
  const { effects, footprint } = runEvent(state, id, moment);
  return { effects: [...copy.effects, ...effects], footprint: joined(copy.footprint, footprint) };
}

/**
 * Runs the event, or makes it wait if it may not run yet. The version of a weighted alias is chosen for each run (LS-40, UV-72). `version`: it has
 * been chosen.
 */
export function runEvent(state: LambdaState, id: string, moment: Moment, version: string | null = null): LambdaStep {
  const { nowMs } = moment;
  const event = eventOf(state, id);
  const { functionName: name, qualifier, chain } = event;
  const pointed = pointedTo(state, name, qualifier);
  const named = namedPaths(name, qualifier);
  // UV-26.
  if (pointed.length === 0) {
    const effects = giveUp(state, event, 'FunctionDeleted', null, nowMs);
    return { effects, footprint: { reads: named, writes: [eventPath(name, id)] } };
  }
  // LA-09.
  if (state.reserved.get(name) === 0 && event.runs === 0) {
    const effects = giveUp(state, event, 'ZeroReservedConcurrency', null, nowMs);
    return { effects, footprint: { reads: [...named, limitsPath()], writes: [eventPath(name, id)] } };
  }
  const passages = loopIn(state, name, chain);
  if (passages !== null) {
    const effects = [loopNote(state, name, passages), ...giveUp(state, event, 'LoopStopped', null, nowMs)];
    return { effects, footprint: { reads: named, writes: [eventPath(name, id)] } };
  }
  const chosen = version ?? onlyVersion(pointed);
  if (chosen !== null) return runAs(state, event, chosen, moment);
  const message = (one: string) => ({ kind: 'run-event-as', event: id, version: one }) as const;
  return { effects: [chooseVersion(pointed, message)], footprint: { reads: named, writes: [] } };
}

function runAs(state: LambdaState, event: AsyncEvent, version: string, moment: Moment): LambdaStep {
  const { nowMs } = moment;
  const { id, functionName: name, qualifier, number, payloadJson, requestId, chain } = event;
  const origin = { kind: 'event', event: id, requestId } as const;
  const candidate = { functionName: name, version, qualifier, number, payloadJson, origin, ...chainedBy(chain) };
  const admission = tryAdmit(state, candidate, moment);
  const { reads, writes } = admission.footprint;
  const footprint = { reads, writes: [...writes, eventPath(name, id)] };
  if (admission.kind === 'admitted') {
    event.runs += 1;
    event.ranAs = version;
    return { effects: admission.effects, footprint };
  }
  if (waitsForPlace(state, event) && roomAt(state, qualifiedName(name, qualifier)).places <= 0) {
    return { effects: [due(state, event, nowMs, nowMs)], footprint };
  }
  const backOffMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** event.throttles);
  event.throttles += 1;
  const { reason } = admission;
  const functionName = toldName(state, name, qualifier);
  const effects: readonly LambdaEffect[] = [
    note({ kind: 'invocation-throttled', functionName, reason }),
    ...again(state, event, 'throttled', nowMs + backOffMs, nowMs),
  ];
  return { effects, footprint };
}

/** Handles the end of a run of an event. */
export function eventEnded(state: LambdaState, id: string, outcome: InvocationOutcome, nowMs: number): LambdaStep {
  const event = eventOf(state, id);
  const { functionName: name } = event;
  const footprint = { reads: namedPaths(name, event.qualifier), writes: [eventPath(name, id)] };
  if (outcome.kind === 'returned') {
    state.events.delete(id);
    return { effects: afterSuccess(state, event, outcome.payload, nowMs), footprint };
  }
  const retries = eventConfigOf(state, event)?.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS;
  if (event.runs > retries) return { effects: giveUp(state, event, 'RetriesExhausted', outcome, nowMs), footprint };
  event.number = nextInvocation(state, name);
  const effects = again(state, event, 'failed', nowMs + RETRY_WAIT_MS * event.runs, nowMs, outcome);
  return { effects, footprint: { ...footprint, writes: [...footprint.writes, numbersPath(name)] } };
}

/** Queues a copy of the event under the same request id, so that it runs a second time, as AWS allows (LA-03). */
function duplicateEvent(state: LambdaState, id: string, nowMs: number): LambdaStep {
  const event = eventOf(state, id);
  const { functionName: name } = event;
  event.copies += 1;
  const number = nextInvocation(state, name);
  const copy: AsyncEvent = { ...event, id: `${id}/again-${event.copies}`, number, copies: 0, runs: 0, throttles: 0 };
  state.events.set(copy.id, copy);
  const footprint = { reads: [], writes: [eventPath(name, id), numbersPath(name)] };
  return { effects: [due(state, copy, nowMs, nowMs, true)], footprint };
}

/** Schedules the next run, or gives the event up now if that run would come after its maximum age (LA-07). */
function again(
  state: LambdaState,
  event: AsyncEvent,
  why: 'failed' | 'throttled',
  atMs: number,
  nowMs: number,
  outcome: (InvocationOutcome & { readonly kind: 'failed' }) | null = null,
): readonly LambdaEffect[] {
  const ageSeconds = eventConfigOf(state, event)?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS;
  if (atMs >= event.queuedAtMs + ageSeconds * 1_000) return giveUp(state, event, 'EventAgeExceeded', outcome, nowMs);
  const functionName = toldName(state, event.functionName, event.qualifier);
  const { requestId, runs } = event;
  return [
    note({ kind: 'event-retried', functionName, requestId, attempt: runs + 1, why, atMs }),
    due(state, event, atMs, nowMs),
  ];
}

function giveUp(
  state: LambdaState,
  event: AsyncEvent,
  condition: DiscardCondition,
  outcome: (InvocationOutcome & { readonly kind: 'failed' }) | null,
  nowMs: number,
): readonly LambdaEffect[] {
  state.events.delete(event.id);
  return afterFailure(state, event, condition, outcome, nowMs);
}

/** The timer of an event. Its turn may come at any moment from its instant on; the wait for a retry passes like a sleep. */
function due(state: LambdaState, event: AsyncEvent, atMs: number, nowMs: number, isCopy = false): LambdaEffect {
  const { id } = event;
  const message = { kind: 'event-due', event: id, isCopy } as const;
  const timer = { kind: 'timer', of: id, atMs, message, label: `an event for ${id}` } as const;
  if (atMs !== nowMs) return { ...timer, as: 'sleep' };
  if (!waitsForPlace(state, event)) return { ...timer, as: 'step' };
  return { ...timer, as: 'step', gate: qualifiedName(event.functionName, event.qualifier) };
}

/**
 * Whether an event waits in the queue until there is a place, instead of being refused and trying again by the clock (LA-05). An attempt
 * that is refused changes nothing but the event's age. So the attempts are left out unless time counts: in a timed run, and where the
 * function's events have a shorter age than AWS's default. Those six hours (LA-06), set or not, then never pass in waiting.
 */
function waitsForPlace(state: LambdaState, event: AsyncEvent): boolean {
  const ageSeconds = eventConfigOf(state, event)?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS;
  return state.rates === 'not-enforced' && ageSeconds === DEFAULT_EVENT_AGE_SECONDS;
}

function eventOf(state: LambdaState, id: string): AsyncEvent {
  const event = state.events.get(id);
  invariant(event !== undefined, `no event «${id}»`);
  return event;
}

/** Counted per function, so that it does not depend on other functions. */
function eventRequestId(functionIndex: number, n: number): string {
  return `00000000-0000-4000-a000-${functionIndex.toString(16).padStart(4, '0')}${n.toString(16).padStart(8, '0')}`;
}
