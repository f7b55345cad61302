/**
 * Sends calls to their services, and says when each arrives, or that it never left.
 *
 * What strikes a call when it arrives is in call-faults.ts, what it does in applying.ts, and how it is answered in answers.ts.
 */

import type { Input } from '../contract/answer.ts';
import { type Frame, SCENARIO } from '../contract/trace-entry.ts';
import { apply, drop } from './applying.ts';
import { meetFaults } from './call-faults.ts';
import { looksWhomItMeets, setsOutToMeet } from './calls-that-meet.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import { ofEnvironment } from './footprints.ts';

type Sending = Omit<
  PendingCall,
  'id' | 'sentAs' | 'appliedAs' | 'target' | 'number' | 'chain' | 'onAgenda' | 'isGivenUp' | 'met'
> & { readonly calledFrom?: Frame | undefined };

/** Sends a call: from now on it may be applied at any moment. */
export function sendCall(context: RunContext, call: Sending, cause: number | null): void {
  const { actor, service, operation, input, frame, calledFrom, environment } = call;
  context.lastCall += 1;
  const id = `call-${context.lastCall}`;
  const sent = { kind: 'call-sent', call: id, service, operation, input } as const;
  const placed = frame === undefined ? sent : { ...sent, frame };
  const sentAs = context.recorder.note(actor, cause, calledFrom === undefined ? placed : { ...placed, calledFrom });
  const target = context.account.serviceOf(call);
  const given = target.setOut?.(context.account.stateOf(target), { by: actor, operation, input }) ?? null;
  if (given !== null) context.touch(given.footprint);
  const number = given?.number ?? null;
  const pending = pendingCall(call, { id, target, sentAs, number });
  context.calls.set(id, pending);
  if (environment !== null) environment.outstanding += 1;
  setsOutToMeet(context, pending);
  depart(context, pending, sentAs);
}

/** Each member by name: this is part of the commonest step of all, and it costs a fraction of what copying objects does. */
function pendingCall(
  call: Sending,
  { id, target, sentAs, number }: Pick<PendingCall, 'id' | 'target' | 'sentAs' | 'number'>,
): PendingCall {
  const { actor, service, operation, input, frame, environment, numberInEnvironment, scenarioLane, settle } = call;
  return {
    id,
    actor,
    service,
    operation,
    input,
    target,
    sentAs,
    frame,
    environment,
    numberInEnvironment,
    scenarioLane,
    settle,
    number,
    chain: environment?.invocation === null ? null : (environment?.chain ?? null),
    appliedAs: sentAs,
    onAgenda: null,
    isGivenUp: false,
    met: [],
  };
}

/** Applies a call at its service, unless its sender froze or died before the call had left, or a fault strikes first. */
function arrive(context: RunContext, call: PendingCall): void {
  const sender = call.environment;
  if (sender !== null && context.isAskedForFootprints) context.touch(ofEnvironment(sender.id).looked);
  looksWhomItMeets(context, call);
  if (call.isGivenUp) {
    arriveGivenUp(context, call);
    return;
  }
  if (sender !== null && !hasLeft(context, call, sender)) return;
  const isMet = sender?.alive === true && sender.invocation !== null && mayBeStruck(context, call);
  if (sender === null || !isMet) apply(context, call, null);
  else meetFaults(context, call, sender);
}

/** Whether the scenario's faults may strike at calls of this API at all. */
function mayBeStruck({ options: { faultsAt } }: RunContext, { service }: PendingCall): boolean {
  return faultsAt === undefined || faultsAt.includes(service);
}

/** A call that its sender has given up had left by then, or never leaves. No fault strikes at it, since its code no longer waits. */
function arriveGivenUp(context: RunContext, call: PendingCall): void {
  if (context.options.choices.pick('call that was given up', 2) === 0) apply(context, call, null);
  else drop(context, call, call.sentAs, 'sender-gave-up');
}

/**
 * A call that its sender did not await may or may not have left before the environment was frozen or its process ended: AWS
 * promises neither (LS-19, LS-21). A call that had not left is sent when its environment runs again, or never.
 */
function hasLeft(context: RunContext, call: PendingCall, sender: LiveEnvironment): boolean {
  if (sender.alive && !sender.frozen) return true;
  if (context.options.choices.pick(sender.alive ? 'call of a frozen sender' : 'call of a dead sender', 2) === 0)
    return true;
  if (sender.alive) {
    // Calls leave in the order in which they were held back.
    if (context.isAskedForFootprints) context.touch(ofEnvironment(sender.id).changed);
    sender.whenThawed.push(() => depart(context, call, call.sentAs));
  } else drop(context, call, call.sentAs, 'sender-died');
  return false;
}

function depart(context: RunContext, call: PendingCall, cause: number): void {
  const label = `${call.operation} of ${call.actor}`;
  const lane = laneOfEqualCalls(context, call);
  const about = lane === null ? { lane: call.id, label, cause } : { lane, label, cause, alike: true as const };
  const wayMs = context.waits.halfCallMs(call.target, call.operation);
  call.onAgenda = context.schedule('step', wayMs, about, () => arrive(context, call));
}

/** Lets a call that is on its way arrive before time passes this instant. */
export function arriveBy(context: RunContext, call: PendingCall, latestMs: number): void {
  context.cancel(call.onAgenda);
  const about = { lane: call.id, label: `${call.operation} of ${call.actor}`, cause: call.sentAs, latestMs };
  call.onAgenda = context.schedule('step', 0, about, () => arrive(context, call));
}

/**
 * Each call has a lane of its own, with one exception: of two equal calls of the scenario, the first arrives first. Null if the call
 * has no equals.
 */
function laneOfEqualCalls(context: RunContext, { actor, operation, input }: PendingCall): string | null {
  if (context.options.equalCallsAreAlike !== true || actor !== SCENARIO) return null;
  return `${context.clock.step}/${operation}/${textOf(input)}`;
}

function textOf(input: Input): string {
  return JSON.stringify(input, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
}
