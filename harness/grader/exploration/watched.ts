/**
 * Determines the events whose order the checks watch, and what the steps that cause them share. Such steps are not assumed to commute.
 *
 * Each check has paths of its own: what one check watches is no matter of another's.
 */

import type { Check } from '../../course/lab.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../simulator/contract/footprint.ts';
import type { TraceEvent } from '../../simulator/trace.ts';
import type { WatchedEvents } from '../../simulator/world/footprints.ts';

/** Null if a check may look at the whole trace. Then every schedule has to be tried. */
export function eventsWatchedBy(checks: readonly Check[]): WatchedEvents | null {
  const watched = new Map<TraceEvent['kind'], Footprint>();
  for (const [place, { sees, watches, commuting = [] }] of checks.entries()) {
    if (sees === 'trace' && watches === undefined) return null;
    const ofInvocations = sees === 'invocations' ? (['invocation-started', 'invocation-ended'] as const) : [];
    for (const kind of watches ?? ofInvocations) {
      const shared = sharedBy(kind, commuting, `watched/${place}`);
      watched.set(kind, joined(watched.get(kind) ?? NO_FOOTPRINT, shared));
    }
  }
  return watched;
}

/** An event of a list commutes with its like and with nothing else that the check watches. */
function sharedBy(
  kind: TraceEvent['kind'],
  commuting: readonly (readonly TraceEvent['kind'][])[],
  path: string,
): Footprint {
  const own = commuting.findIndex((list) => list.includes(kind));
  if (own < 0) return { reads: [], writes: [`${path}/*`] };
  const others = [...commuting.keys()].filter((list) => list !== own);
  return { reads: others.map((list) => `${path}/${list}`), writes: [], adds: [`${path}/${own}`] };
}
