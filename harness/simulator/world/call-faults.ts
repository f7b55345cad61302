/**
 * The faults that may strike a call of a running invocation: one question for each call, and what becomes of the call.
 *
 * The budgets are kept in faults.ts.
 */

import { fail } from '../contract/answer.ts';
import type { CallFault, ServiceTrouble } from '../contract/call-fault.ts';
import { answeredAtOnce } from '../contract/effect.ts';
import type { Footprint } from '../contract/footprint.ts';
import { invariant, unreachable } from '../kernel/bug.ts';
import { SERVICES } from '../services/all.ts';
import { apply, applyAs, applyInPart, asServiceCall, drop } from './applying.ts';
import { looksWhomItMeets, rememberMeeting, whomItMeets } from './calls-that-meet.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import type { FaultOfAnyCall } from './faults.ts';
import { reportToService } from './interpreter.ts';

/** Applies a call of a running invocation, at which a fault may strike. */
export function meetFaults(context: RunContext, call: PendingCall, sender: LiveEnvironment): void {
  const struck = context.faults.pickAtCall(context.options.choices, faultsOfService(context, call));
  if (struck === null) {
    apply(context, call, null);
    return;
  }
  const { fault } = struck;
  if ('isMetBefore' in struck) rememberMeeting(context, call);
  context.faultsSpent += 1;
  const about = 'about' in struck && struck.about !== undefined ? { about: struck.about } : {};
  const noted = context.recorder.note(call.actor, call.sentAs, { kind: 'fault', fault, call: call.id, ...about });
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
