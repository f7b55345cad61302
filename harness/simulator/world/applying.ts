/**
 * Applies calls at their services: the only point of a call that others can see.
 *
 * Which fault strikes a call is decided in call-faults.ts, and when it arrives in calls.ts.
 */

import { type AwsAnswer, NOT_SIMULATED } from '../contract/answer.ts';
import type { DoneInPart } from '../contract/call-fault.ts';
import type { Served } from '../contract/effect.ts';
import type { ServiceCall } from '../contract/service-module.ts';
import type { Noted } from '../contract/trace-entry.ts';
import { answerCall } from './answers.ts';
import type { PendingCall, RunContext } from './context.ts';
import { carryOut, FIDELITY } from './interpreter.ts';

/** Applies a call: the only point of it that others can see. `instead` replaces the answer on its way back. */
export function apply(
  context: RunContext,
  call: PendingCall,
  instead: AwsAnswer | null,
  beforeAnswer?: () => void,
): void {
  const { target } = call;
  const served = target.call(context.account.stateOf(target), asServiceCall(call), context.moment);
  applyAs(context, call, served, instead, beforeAnswer);
}

/** The same, with the service's result already computed. */
export function applyAs(
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
      advice: FIDELITY,
      frame,
    });
    return;
  }
  // The service may answer in this step, after a choice: that answer is lost, too.
  if (instead !== null && answer === null) context.lost.set(id, call);
  carryOut(context, call.target, effects, call.appliedAs);
  beforeAnswer?.();
  const toSender = instead ?? answer;
  if (toSender !== null) answerCall(context, call, toSender);
}

/** Applies a part of what the call asks for. */
export function applyInPart(context: RunContext, call: PendingCall, { input, complete }: DoneInPart): void {
  const { target } = call;
  const served = target.call(context.account.stateOf(target), { ...asServiceCall(call), input }, context.moment);
  const { answer } = served;
  applyAs(context, call, { ...served, answer: answer === null ? null : complete(answer) }, null);
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

/** The call as its service sees it. */
export function asServiceCall({ id, actor: by, operation, input, number, chain }: PendingCall): ServiceCall {
  return chain === null ? { id, by, operation, input, number } : { id, by, operation, input, number, chain };
}
