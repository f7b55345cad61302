/**
 * A counter: a pure function over a trace, together with the events that it watches.
 *
 * The grader tries both orders of two events only if some check watches them. So a check that looks at an event without
 * declaring it would be judged in too few schedules. A counter gets only the events that it declares, and a check that is built
 * from it declares them automatically (`check.ts`).
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

/** An entry of a trace of one of these kinds. */
export interface EntryOfKind<Kind extends TraceEvent['kind']> extends TraceEntry {
  readonly event: TraceEvent & { readonly kind: Kind };
}

export interface Counter<Count = number> {
  /** The events that it watches. */
  readonly watches: readonly TraceEvent['kind'][];
  /** Its count in one finished run: a number, or other plain data. */
  of(trace: Trace): Count;
}

/** Creates a counter of these events. `count` gets only the trace's entries of these kinds, in order. */
export function counterOf<const Kind extends TraceEvent['kind'], Count>(
  watches: readonly Kind[],
  count: (entries: readonly EntryOfKind<Kind>[]) => Count,
): Counter<Count> {
  const kinds = new Set<TraceEvent['kind']>(watches);
  const isWatched = (entry: TraceEntry): entry is EntryOfKind<Kind> => kinds.has(entry.event.kind);
  return { watches, of: (trace) => count(trace.filter(isWatched)) };
}

/** The greatest value; 0 if there are none. A trace may be longer than an argument list, so `Math.max(...)` would fail. */
export function greatest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}
