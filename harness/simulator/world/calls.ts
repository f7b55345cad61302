/**
 * The way of a call: sent, applied; and the faults that may strike between. Its answer's way back is beside this file.
 */

import { invariant, unreachable } from '../kernel/bug.ts';
import { transactionConflict } from '../services/dynamodb/dynamodb.ts';
import { askFor } from '../services/lambda/lambda.ts';
import { type AwsAnswer, type AwsCall, fail, NOT_SIMULATED } from '../services/service.ts';
import { answerCall } from './answers.ts';
import { type PendingCall, type RunContext, SCENARIO } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import { ofEnvironment, TRANSACTIONS } from './footprints.ts';
import { tellLambda } from './lambda-effects.ts';
import { type Served, serve } from './serve.ts';

/** Sends a call: from now on it may be applied at any moment. */
export function sendCall(
  context: RunContext,
  call: Omit<PendingCall, 'id' | 'sentAs' | 'appliedAs' | 'invocationNumber'>,
  cause: number | null,
): void {
  const { actor, service, operation, input, frame, environment } = call;
  context.lastCall += 1;
  const id = `call-${context.lastCall}`;
  const sent = { kind: 'call-sent', call: id, service, operation, input } as const;
  const sentAs = context.recorder.note(actor, cause, frame === undefined ? sent : { ...sent, frame });
  const invocationNumber = askedFor(context, call);
  const pending: PendingCall = { ...call, id, sentAs, invocationNumber, appliedAs: sentAs };
  context.calls.set(id, pending);
  if (environment !== null) environment.outstanding += 1;
  changesWhoIsOnTheWay(context, pending);
  depart(context, pending, sentAs);
}

/** An invocation gets its number when it is asked for. */
function askedFor(context: RunContext, { service, operation, input }: AwsCall): number | null {
  if (service !== 'Lambda' || operation !== 'Invoke') return null;
  const asked = askFor(context.account.lambda, String(input.FunctionName ?? ''));
  context.touch(asked.footprint);
  return asked.number;
}

/** A call reaches its service, unless its sender froze or died before it had left, or a fault strikes first. */
function arrive(context: RunContext, call: PendingCall): void {
  const sender = call.environment;
  if (sender !== null && context.isAskedForFootprints) context.touch(ofEnvironment(sender.id).looked);
  changesWhoIsOnTheWay(context, call);
  if (sender !== null && !hasLeft(context, call, sender)) return;
  const mayFail = sender?.alive && sender.invocation !== null;
  const conflict = mayFail ? conflictAt(context, call) : null;
  const fault = mayFail ? context.faults.pickAtCall(context.options.choices, conflict !== null) : null;
  if (fault === null) {
    apply(context, call, null);
    return;
  }
  invariant(sender !== null, 'only an invocation has faults');
  context.faultsSpent += 1;
  const noted = context.recorder.note(call.actor, call.sentAs, { kind: 'fault', fault, call: call.id });
  switch (fault) {
    case 'answer-lost':
      apply(context, call, fail('RaceproofAnswerLost', 'The connection was closed before the answer arrived.', 0));
      return;
    case 'crash-after':
      apply(context, call, null, () =>
        tellLambda(context, { kind: 'exited', environment: sender.id, why: 'crash' }, noted),
      );
      return;
    case 'crash-before':
      crashBefore(context, call, sender, noted);
      return;
    case 'conflict':
      invariant(conflict !== null, 'a conflict with nobody');
      applyAs(context, call, conflict, null);
      return;
    default:
      unreachable(fault, 'fault at a call');
  }
}

/** A transaction sets out, arrives, or is dropped: those that could meet it depend on that. */
function changesWhoIsOnTheWay(context: RunContext, call: PendingCall): void {
  if (isTransaction(call) && context.faults.decidesBy('conflict')) context.touch(TRANSACTIONS);
}

/** What a transaction would be told if it met those that are on their way; null where that can't be. */
function conflictAt(context: RunContext, call: PendingCall): Served | null {
  if (!isTransaction(call) || !context.faults.mayStrike('conflict')) return null;
  const running = [...context.calls.values()].filter(
    (other) => other !== call && isTransaction(other) && other.appliedAs === other.sentAs,
  );
  const inputs = running.map(({ input }) => input);
  const outcome = transactionConflict(context.account.dynamodb, call.input, inputs);
  return outcome === null ? null : { ...outcome, follow() {} };
}

function isTransaction({ service, operation }: PendingCall): boolean {
  return service === 'DynamoDB' && operation === 'TransactWriteItems';
}

/**
 * A call that its sender did not wait for may have left before the freeze or the end of the process, or may not have:
 * AWS promises neither (LS-19, LS-21). It goes on when its environment does, or never.
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
  const wayMs = context.latency.halfCallMs(call.service, call.operation);
  context.schedule('step', wayMs, about, () => arrive(context, call));
}

/** Each call takes a lane of its own, but for twins: of two calls of the scenario that are equal the first arrives first. */
function queueOf(context: RunContext, call: PendingCall): { readonly lane: string; readonly alike?: true } {
  const { actor, operation, input, id } = call;
  if (context.options.equalCallsAreAlike !== true || actor !== SCENARIO) return { lane: id };
  return { lane: `${context.clock.step}/${operation}/${textOf(input)}`, alike: true };
}

function textOf(input: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(input, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
}

/** Notes that nobody will ever know of this call. */
export function drop(
  context: RunContext,
  call: PendingCall,
  cause: number,
  why: 'sender-died' | 'sender-frozen',
): void {
  context.recorder.note(call.actor, cause, { kind: 'call-dropped', call: call.id, why });
  context.calls.delete(call.id);
}

/** The sender dies while its call is on the way: the call may have left already, or not. */
function crashBefore(context: RunContext, call: PendingCall, sender: LiveEnvironment, cause: number): void {
  tellLambda(context, { kind: 'exited', environment: sender.id, why: 'crash' }, cause);
  if (context.options.choices.pick('call of a dead sender', 2) === 0) {
    drop(context, call, cause, 'sender-died');
    return;
  }
  const about = { lane: call.id, label: `${call.operation} of ${call.actor}, which has crashed`, cause };
  context.schedule('step', 0, about, () => {
    changesWhoIsOnTheWay(context, call);
    apply(context, call, null);
  });
}

/** The one point of a call that others can see. `instead` replaces the answer on its way back. */
function apply(context: RunContext, call: PendingCall, instead: AwsAnswer | null, beforeAnswer?: () => void): void {
  applyAs(context, call, serve(context, call), instead, beforeAnswer);
}

/** The same, with what its service says already known. */
function applyAs(
  context: RunContext,
  call: PendingCall,
  { answer, footprint, follow }: Served,
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
  follow(call.appliedAs);
  beforeAnswer?.();
  if (instead !== null && answer === null) context.lost.add(id);
  const toSender = instead ?? answer;
  if (toSender !== null) answerCall(context, call, toSender);
}
