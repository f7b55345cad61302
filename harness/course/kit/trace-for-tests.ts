/**
 * Traces written by hand, for tests of checks and counters: events in order, each a step of its own.
 *
 * An invocation is called after its function, as in real traces: `sell#1`. Times mean nothing here.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';

type Act = TraceEvent | readonly [actor: string, event: TraceEvent];

/** These events as a trace. All are the scenario's, but for those that stand beside another actor. */
export function traceByHand(...acts: readonly Act[]): Trace {
  return acts.map((act, seq) => {
    const [actor, event] = 'kind' in act ? (['scenario', act] as const) : act;
    return { seq, atMs: 0, cause: null, step: seq, actor, event };
  });
}

/** An invocation starts, in an environment of its own. */
export function invocationStarts(invocation: string, payload: unknown = {}): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'invocation-started', invocation, ...about, cold: true, requestId: invocation, payload };
}

/** It returns. */
export function invocationReturns(invocation: string): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'invocation-ended', invocation, ...about, outcome: { kind: 'returned', payload: null } };
}

/** Its environment ends in the middle, and the invocation with it. */
export function environmentCrashes(invocation: string): TraceEvent {
  const about = { functionName: functionIn(invocation), environment: `for ${invocation}` };
  return { kind: 'environment-reset', ...about, why: 'crash' };
}

/** A queue takes a message. */
export function messageIsSent(messageId: string, body = '', queue = 'orders'): TraceEvent {
  return { kind: 'message-sent', queue, messageId, body, visibleAtMs: 0 };
}

/** It hands it out. */
export function messageIsReceived(messageId: string, queue = 'orders'): TraceEvent {
  return { kind: 'message-received', queue, messageId, receiveCount: 1, by: 'mapping', visibleAgainAtMs: 60_000 };
}

/** It forgets it. */
export function messageIsDeleted(messageId: string, queue = 'orders'): TraceEvent {
  return { kind: 'message-deleted', queue, messageId, by: 'mapping' };
}

/** A downstream takes the request of a call. */
export function downstreamIsEntered(call: string, downstream = 'legacy'): TraceEvent {
  return { kind: 'downstream-entered', downstream, call, request: {} };
}

/** It is done with it. */
export function downstreamIsLeft(call: string, downstream = 'legacy'): TraceEvent {
  return { kind: 'downstream-left', downstream, call, answer: {}, abandoned: false };
}

function functionIn(invocation: string): string {
  return invocation.split('#')[0] ?? '';
}
