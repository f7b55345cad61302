/**
 * What a run has used, counted from its trace, for the cost tables of labs.
 *
 * It counts and measures. What a unit costs is in prices.ts, and which units a lab counts is the lab's own decision.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';

export type AppliedCall = TraceEvent & { readonly kind: 'call-applied' };

/** The calls of the learner's functions: what a scenario asks is not part of the bill. */
export function callsOfFunctions(trace: Trace): readonly AppliedCall[] {
  return trace.flatMap(({ actor, event }) => (event.kind === 'call-applied' && actor !== 'scenario' ? [event] : []));
}

/** How many events of this kind a run has. */
export function howMany(trace: Trace, kind: TraceEvent['kind']): number {
  return trace.filter(({ event }) => event.kind === kind).length;
}

/** How long invocations were at work, together, in a run by the clock; in whole milliseconds, as AWS bills them. */
export function workedMs(trace: Trace): number {
  const startedAtMs = new Map<string, number>();
  let total = 0;
  for (const { atMs, event } of trace) {
    if (event.kind === 'invocation-started') startedAtMs.set(event.invocation, atMs);
    if (event.kind === 'invocation-ended') total += atMs - (startedAtMs.get(event.invocation) ?? atMs);
  }
  return Math.round(total);
}

/** Whether a call writes one item: one unit below 1 KB, even if its condition fails (DD-01). */
export function writesItem({ service, operation }: AppliedCall): boolean {
  return service === 'DynamoDB' && ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
}

/** Whether a call reads one item: one unit below 4 KB, if the read is consistent. */
export function readsItem({ service, operation }: AppliedCall): boolean {
  return service === 'DynamoDB' && operation === 'GetItem';
}
