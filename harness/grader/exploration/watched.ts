/**
 * Determines the events whose order the checks watch. Steps that cause such events are not assumed to commute.
 */

import type { Check } from '../../course/lab.ts';
import type { TraceEvent } from '../../simulator/trace.ts';

/** Null if a check may look at the whole trace. Then every schedule has to be tried. */
export function eventsWatchedBy(checks: readonly Check[]): ReadonlySet<TraceEvent['kind']> | null {
  const watched = new Set<TraceEvent['kind']>();
  for (const { sees, watches } of checks) {
    if (sees === 'trace' && watches === undefined) return null;
    const kinds = sees === 'invocations' ? (['invocation-started', 'invocation-ended'] as const) : (watches ?? []);
    for (const kind of kinds) watched.add(kind);
  }
  return watched;
}
