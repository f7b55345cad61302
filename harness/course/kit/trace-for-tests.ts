/**
 * Hand-written traces for tests of checks and counters: events in order, each in its own step.
 *
 * An invocation is named after its function, as in real traces: `sell#1`. Times mean nothing here.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';

type Act = TraceEvent | readonly [actor: string, event: TraceEvent];

/** These events as a trace. Their actor is the scenario, except for those that are paired with another actor. */
export function traceByHand(...acts: readonly Act[]): Trace {
  return acts.map((act, seq) => {
    const [actor, event] = 'kind' in act ? (['scenario', act] as const) : act;
    return { seq, atMs: 0, cause: null, step: seq, actor, event };
  });
}

/** An invocation starts, in a new environment. */
export function invocationStarts(invocation: string, payload: unknown = {}): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'invocation-started', invocation, ...about, cold: true, requestId: invocation, payload };
}

/** An invocation returns. */
export function invocationReturns(invocation: string): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'invocation-ended', invocation, ...about, outcome: { kind: 'returned', payload: null } };
}

/** An invocation's environment crashes, and the invocation ends with it. */
export function environmentCrashes(invocation: string): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'environment-reset', ...about, why: 'crash' };
}

/** A queue accepts a message. */
export function messageIsSent(messageId: string, body = '', queue = 'orders'): TraceEvent {
  return { kind: 'message-sent', queue, messageId, body, visibleAtMs: 0 };
}

/** A queue hands out a message. */
export function messageIsReceived(messageId: string, queue = 'orders'): TraceEvent {
  return { kind: 'message-received', queue, messageId, receiveCount: 1, by: 'mapping', visibleAgainAtMs: 60_000 };
}

/** A queue deletes a message. */
export function messageIsDeleted(messageId: string, queue = 'orders'): TraceEvent {
  return { kind: 'message-deleted', queue, messageId, by: 'mapping' };
}

/** A downstream accepts the request of a call. */
export function downstreamIsEntered(call: string, downstream = 'legacy'): TraceEvent {
  return { kind: 'downstream-entered', downstream, call, request: {} };
}

/** A downstream finishes the request of a call. */
export function downstreamIsLeft(call: string, downstream = 'legacy'): TraceEvent {
  return { kind: 'downstream-left', downstream, call, answer: {}, abandoned: false };
}

function functionIn(invocation: string): string {
  return invocation.split('#')[0] ?? '';
}
