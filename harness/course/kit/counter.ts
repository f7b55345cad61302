/**
 * A counter: a pure function over a trace, together with the events that it looks at.
 *
 * The grader tries two orders of two events only if some check watches them, so a check that looks at an event which it doesn't
 * declare is judged in too few schedules. A counter gets the events that it declares and no others, and a check that is built
 * from it declares them by itself (`check.ts`).
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

/** A trace's entry of one of these kinds. */
export interface EntryOfKind<Kind extends TraceEvent['kind']> extends TraceEntry {
  readonly event: TraceEvent & { readonly kind: Kind };
}

export interface Counter<Count = number> {
  /** The events that it looks at. */
  readonly watches: readonly TraceEvent['kind'][];
  /** What it counts in one finished run: a number, or other plain data. */
  of(trace: Trace): Count;
}

/** Makes a counter of these events. `count` gets the trace's entries of these kinds, in order, and no others. */
export function counterOf<const Kind extends TraceEvent['kind'], Count>(
  watches: readonly Kind[],
  count: (entries: readonly EntryOfKind<Kind>[]) => Count,
): Counter<Count> {
  const kinds = new Set<TraceEvent['kind']>(watches);
  const isWatched = (entry: TraceEntry): entry is EntryOfKind<Kind> => kinds.has(entry.event.kind);
  return { watches, of: (trace) => count(trace.filter(isWatched)) };
}

/** The greatest value, and 0 of none. A trace may be longer than a call may have arguments. */
export function greatest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}
