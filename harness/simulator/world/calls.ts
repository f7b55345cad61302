/**
 * Sends calls to their services and applies them, with the faults that may strike on the way. Answers are in answers.ts.
 */

import { type AwsAnswer, fail, type Input, NOT_SIMULATED } from '../contract/answer.ts';
import type { CallFault, DoneInPart, ServiceTrouble } from '../contract/call-fault.ts';
import type { CodeReport } from '../contract/code.ts';
import { answeredAtOnce, type Served } from '../contract/effect.ts';
import type { Footprint } from '../contract/footprint.ts';
import type { ServiceCall } from '../contract/service-module.ts';
import { type Noted, SCENARIO } from '../contract/trace-entry.ts';
import { invariant, unreachable } from '../kernel/bug.ts';
import { SERVICES } from '../services/all.ts';
import { answerCall } from './answers.ts';
import { looksWhomItMeets, rememberMeeting, setsOutToMeet, whomItMeets } from './calls-that-meet.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import type { FaultOfAnyCall } from './faults.ts';
import { ofEnvironment } from './footprints.ts';
import { carryOut, follow } from './interpreter.ts';

type Sending = Omit<
  PendingCall,
  'id' | 'sentAs' | 'appliedAs' | 'target' | 'number' | 'onAgenda' | 'isGivenUp' | 'met'
>;

/** Sends a call: from now on it may be applied at any moment. */
export function sendCall(context: RunContext, call: Sending, cause: number | null): void {
  const { actor, service, operation, input, frame, environment } = call;
  context.lastCall += 1;
  const id = `call-${context.lastCall}`;
  const sent = { kind: 'call-sent', call: id, service, operation, input } as const;
  const sentAs = context.recorder.note(actor, cause, frame === undefined ? sent : { ...sent, frame });
  const target = context.account.serviceOf(call);
  const given = target.setOut?.(context.account.stateOf(target), { by: actor, operation, input }) ?? null;
  if (given !== null) context.touch(given.footprint);
  const number = given?.number ?? null;
  const way = { number, appliedAs: sentAs, onAgenda: null, isGivenUp: false, met: [] };
  const pending: PendingCall = { ...call, id, target, sentAs, ...way };
  context.calls.set(id, pending);
  if (environment !== null) environment.outstanding += 1;
  setsOutToMeet(context, pending);
  depart(context, pending, sentAs);
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

/** A call that its sender has given up had left by then, or never leaves. No fault strikes at it: nobody waits for it. */
function arriveGivenUp(context: RunContext, call: PendingCall): void {
  if (context.options.choices.pick('call that was given up', 2) === 0) apply(context, call, null);
  else drop(context, call, call.sentAs, 'sender-gave-up');
}

/** Applies a call of a running invocation, at which a fault may strike. */
function meetFaults(context: RunContext, call: PendingCall, sender: LiveEnvironment): void {
  const struck = context.faults.pickAtCall(context.options.choices, faultsOfService(context, call));
  if (struck === null) {
    apply(context, call, null);
    return;
  }
  const { fault } = struck;
  if ('isMetBefore' in struck) rememberMeeting(context, call);
  context.faultsSpent += 1;
  const noted = context.recorder.note(call.actor, call.sentAs, { kind: 'fault', fault, call: call.id });
  if ('served' in struck) applyAs(context, call, struck.served, null);
  else if ('input' in struck) applyInPart(context, call, struck);
  else strikeAnyCall(context, call, sender, struck.fault, noted);
}

/** Carries out a fault that may strike at any call. */
function strikeAnyCall(
  context: RunContext,
  call: PendingCall,
  sender: LiveEnvironment,
  fault: FaultOfAnyCall,
  noted: number,
): void {
  switch (fault) {
    case 'answer-lost':
      apply(context, call, fail('RaceproofAnswerLost', 'The connection was closed before the answer arrived.', 0));
      return;
    case 'crash-after':
      apply(context, call, null, () => crash(context, sender, noted));
      return;
    case 'crash-before':
      crashBefore(context, call, sender, noted);
      return;
    case 'slow':
      delay(context, call, sender, noted);
      return;
    case 'throttled':
      applyAs(context, call, answeredAtOnce(troubleOf(call).throttled, NOTHING_TOUCHED), null);
      return;
    case 'failed-before':
      applyAs(context, call, answeredAtOnce(troubleOf(call).failed, NOTHING_TOUCHED), null);
      return;
    case 'failed-after':
      apply(context, call, troubleOf(call).failed);
      return;
    default:
      unreachable(fault, 'fault of any call');
  }
}

const NOTHING_TOUCHED: Footprint = Object.freeze({ reads: [], writes: [] });

/** How the call's API answers in trouble of its own: modules that share an API share the answers of the one that has the client. */
function troubleOf({ service }: PendingCall): ServiceTrouble {
  const module = SERVICES.find((candidate) => candidate.service === service && candidate.trouble !== undefined);
  invariant(module?.trouble !== undefined, `${service} does not say how it answers in trouble of its own`);
  return module.trouble;
}

/** What is left of the invocation's time when a slow call is answered. */
const LEFT_AFTER_SLOW_MS = 1;

/**
 * The call arrives just before its invocation's time is over, and is answered at once: time has passed, for its sender as for everybody
 * else. It has left, so it arrives whatever becomes of its sender.
 */
function delay(context: RunContext, call: PendingCall, sender: LiveEnvironment, cause: number): void {
  const waitMs = Math.max(1, sender.deadlineMs - LEFT_AFTER_SLOW_MS - context.clock.nowMs);
  const about = { lane: call.id, label: `${call.operation} of ${call.actor}, which is slow`, cause };
  call.onAgenda = context.schedule('sleep', waitMs, about, () => {
    looksWhomItMeets(context, call);
    apply(context, call, null);
  });
}

/** Applies a part of what the call asks for. */
function applyInPart(context: RunContext, call: PendingCall, { input, complete }: DoneInPart): void {
  const { target } = call;
  const served = target.call(context.account.stateOf(target), { ...asServiceCall(call), input }, context.moment);
  const { answer } = served;
  applyAs(context, call, { ...served, answer: answer === null ? null : complete(answer) }, null);
}

/** The faults that the call's own service offers, knowing the calls on their way. */
function faultsOfService(context: RunContext, call: PendingCall): readonly CallFault[] {
  const { target } = call;
  if (target.faultsAt === undefined || !context.faults.mayStrikeAny(target.faults)) return [];
  return target.faultsAt(
    context.account.stateOf(target),
    asServiceCall(call),
    whomItMeets(context, call),
    context.moment,
  );
}

function asServiceCall({ id, actor: by, operation, input, number }: PendingCall): ServiceCall {
  return { id, by, operation, input, number };
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
  const about = { ...queueOf(context, call), label: `${call.operation} of ${call.actor}`, cause };
  const wayMs = context.waits.halfCallMs(call.target, call.operation);
  call.onAgenda = context.schedule('step', wayMs, about, () => arrive(context, call));
}

/** Lets a call that is on its way arrive before time passes this instant. */
export function arriveBy(context: RunContext, call: PendingCall, latestMs: number): void {
  context.cancel(call.onAgenda);
  const about = { lane: call.id, label: `${call.operation} of ${call.actor}`, cause: call.sentAs, latestMs };
  call.onAgenda = context.schedule('step', 0, about, () => arrive(context, call));
}

/** Each call has a lane of its own, with one exception: of two equal calls of the scenario, the first arrives first. */
function queueOf(context: RunContext, call: PendingCall): { readonly lane: string; readonly alike?: true } {
  const { actor, operation, input, id } = call;
  if (context.options.equalCallsAreAlike !== true || actor !== SCENARIO) return { lane: id };
  return { lane: `${context.clock.step}/${operation}/${textOf(input)}`, alike: true };
}

function textOf(input: Input): string {
  return JSON.stringify(input, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
}

/** Notes that this call gets no answer any more. */
export function drop(
  context: RunContext,
  call: PendingCall,
  cause: number,
  why: 'sender-died' | 'sender-frozen' | 'sender-gave-up',
): void {
  context.recorder.note(call.actor, cause, { kind: 'call-dropped', call: call.id, why });
  context.calls.delete(call.id);
}

/** The sender dies while its call is on the way, so the call may or may not have left. */
function crashBefore(context: RunContext, call: PendingCall, sender: LiveEnvironment, cause: number): void {
  crash(context, sender, cause);
  if (context.options.choices.pick('call of a dead sender', 2) === 0) {
    drop(context, call, cause, 'sender-died');
    return;
  }
  const about = { lane: call.id, label: `${call.operation} of ${call.actor}, which has crashed`, cause };
  context.schedule('step', 0, about, () => {
    looksWhomItMeets(context, call);
    apply(context, call, null);
  });
}

function crash(context: RunContext, sender: LiveEnvironment, cause: number): void {
  reportToService(context, sender, { kind: 'exited', environment: sender.id, why: 'crash' }, cause);
}

/** Reports to the service that started an environment what happened to the code in it. */
export function reportToService(
  context: RunContext,
  { service }: Pick<LiveEnvironment, 'service'>,
  report: CodeReport,
  cause: number | null,
): void {
  const step = service.heard?.(context.account.stateOf(service), report, context.moment);
  invariant(step !== undefined, `${service.name} starts code and does not hear of it`);
  follow(context, service, step, cause);
}

/** Applies a call: the only point of it that others can see. `instead` replaces the answer on its way back. */
function apply(context: RunContext, call: PendingCall, instead: AwsAnswer | null, beforeAnswer?: () => void): void {
  const { target } = call;
  const served = target.call(context.account.stateOf(target), asServiceCall(call), context.moment);
  applyAs(context, call, served, instead, beforeAnswer);
}

/** The same, with the service's result already computed. */
function applyAs(
  context: RunContext,
  call: PendingCall,
  { answer, footprint, effects }: Served<unknown, Noted>,
  instead: AwsAnswer | null,
  beforeAnswer?: () => void,
): void {
  context.touch(footprint);
  const { id, service, operation, input, frame, actor } = call;
  const applied = { kind: 'call-applied', call: id, service, operation, input, answer, footprint } as const;
  call.appliedAs = context.recorder.note(actor, call.sentAs, frame === undefined ? applied : { ...applied, frame });
  if (answer !== null && !answer.ok && answer.error.code === NOT_SIMULATED) {
    context.refuse(actor, call.appliedAs, {
      what: answer.error.message,
      advice: 'The page «Simulator fidelity» lists what is.',
      frame,
    });
    return;
  }
  carryOut(context, call.target, effects, call.appliedAs);
  beforeAnswer?.();
  if (instead !== null && answer === null) context.lost.set(id, call);
  const toSender = instead ?? answer;
  if (toSender !== null) answerCall(context, call, toSender);
}
