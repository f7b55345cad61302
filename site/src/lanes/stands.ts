/**
 * Where each invocation stands in the code after a step: at the call that it has just made, or at the call for whose turn it waits.
 *
 * Read from the frames that a trace records with each call. A run without frames (a puzzle's) has no such places.
 */

import type { Trace } from '../../../harness/simulator/trace.ts';

export interface Stand {
  readonly lane: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** It has just made this call. Otherwise it waits here. */
  readonly acted: boolean;
}

/** The invocations that run after a step, in the order in which they began, and those that ended in it. */
export function standsAfter(trace: Trace, step: number): readonly Stand[] {
  const stands = new Map<string, Stand>();
  for (const { step: at, actor, event } of trace) {
    if (at > step) break;
    if (event.kind === 'call-sent' && event.frame !== undefined && stands.get(actor)?.acted !== true)
      stands.set(actor, { lane: actor, file: event.frame.file, line: event.frame.line, acted: false });
    if (event.kind === 'call-applied' && event.frame !== undefined && at === step)
      stands.set(actor, { lane: actor, file: event.frame.file, line: event.frame.line, acted: true });
    if (event.kind === 'invocation-ended' && at < step) stands.delete(event.invocation);
  }
  return [...stands.values()];
}
