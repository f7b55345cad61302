/**
 * Delivers answers: from a service to the actor that waits for them.
 *
 * The answers to several outstanding calls of one invocation may arrive in any order. A frozen environment receives its
 * answers when it is thawed; a dead one receives none.
 */

import type { AwsAnswer, CallId } from '../contract/answer.ts';
import { invariant } from '../kernel/bug.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import { ofEnvironment } from './footprints.ts';

/** Delivers a service's answer to a call that has been waiting. An answer that a fault has already lost goes nowhere. */
export function answerWaiting(context: RunContext, id: CallId, answer: AwsAnswer, cause: number | null): void {
  if (context.lost.delete(id)) return;
  const call = context.calls.get(id);
  invariant(call !== undefined, `an answer to «${id}», for which nothing waits`);
  if (cause !== null) call.appliedAs = cause;
  answerCall(context, call, answer);
}

/** Sends an answer to its caller. */
export function answerCall(context: RunContext, call: PendingCall, answer: AwsAnswer): void {
  const wayMs = context.waits.halfCallMs(call.target, call.operation);
  if (wayMs === 0) {
    arriveBack(context, call, answer);
    return;
  }
  const about = { ...aboutAnswer(call), cause: call.appliedAs };
  context.schedule('step', wayMs, about, () => arriveBack(context, call, answer));
}

function arriveBack(context: RunContext, call: PendingCall, answer: AwsAnswer): void {
  const { environment } = call;
  if (environment === null) {
    context.recorder.note(call.actor, call.appliedAs, { kind: 'call-answered', call: call.id, answer });
    context.calls.delete(call.id);
    context.wakeScenario(call.scenarioLane ?? null);
    call.settle?.(answer);
    return;
  }
  looksAt(context, environment);
  const othersWait = !call.isGivenUp && environment.outstanding > 1 && environment.alive && !environment.frozen;
  if (!othersWait) {
    hand(context, call, environment, answer);
    return;
  }
  const about = { ...aboutAnswer(call), cause: call.appliedAs };
  context.schedule('step', 0, about, () => hand(context, call, environment, answer));
}

function aboutAnswer(call: PendingCall): { readonly lane: string; readonly label: string } {
  return { lane: `${call.id}/answer`, label: `the answer to ${call.operation} of ${call.actor}` };
}

/** What an answer does depends on whether its environment runs, is frozen or has died, so it reads the environment's state. */
function looksAt(context: RunContext, { id }: LiveEnvironment): void {
  if (context.isAskedForFootprints) context.touch(ofEnvironment(id).looked);
}

function hand(context: RunContext, call: PendingCall, environment: LiveEnvironment, answer: AwsAnswer): void {
  looksAt(context, environment);
  if (!environment.alive || call.isGivenUp) {
    const why = environment.alive ? 'sender-gave-up' : 'sender-died';
    context.recorder.note(call.actor, call.appliedAs, { kind: 'call-dropped', call: call.id, why });
    context.calls.delete(call.id);
    return;
  }
  if (environment.frozen) {
    // An environment receives its answers in the order in which they arrived.
    if (context.isAskedForFootprints) context.touch(ofEnvironment(environment.id).changed);
    environment.whenThawed.push(() => hand(context, call, environment, answer));
    return;
  }
  environment.outstanding -= 1;
  environment.resumedBy = context.recorder.note(call.actor, call.appliedAs, {
    kind: 'call-answered',
    call: call.id,
    answer,
  });
  context.calls.delete(call.id);
  context.command({
    kind: 'answer',
    environment: environment.id,
    number: call.numberInEnvironment,
    answer,
    nowMs: context.clock.nowMs,
  });
}
