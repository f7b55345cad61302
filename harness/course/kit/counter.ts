/**
 * A counter: a pure function over a trace, together with the events that it counts.
 *
 * The grader tries both orders of two events only if some check watches them. So a check that looks at the order of events without
 * declaring them would be judged in too few schedules. A counter gets only the events that it declares, and a check that is built
 * from it declares them automatically (`check.ts`). A tally is a counter that looks at no order, so it watches nothing.
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

/** An entry of a trace of one of these kinds. */
export interface EntryOfKind<Kind extends TraceEvent['kind']> extends TraceEntry {
  readonly event: TraceEvent & { readonly kind: Kind };
}

export interface Counter<Count = number> {
  /** The events that it counts. */
  readonly counts: readonly TraceEvent['kind'][];
  /** Those whose order it looks at: all or none. */
  readonly watches: readonly TraceEvent['kind'][];
  /** Lists of events of which neighbours may change places. */
  readonly commuting?: readonly (readonly TraceEvent['kind'][])[];
  /** Its count in one finished run: a number, or other plain data. */
  of(trace: Trace): Count;
}

/** Creates a counter of these events. `count` gets only the trace's entries of these kinds, in order. */
export function counterOf<const Kind extends TraceEvent['kind'], Count>(
  counts: readonly Kind[],
  count: (entries: readonly EntryOfKind<Kind>[]) => Count,
): Counter<Count> {
  const kinds = new Set<TraceEvent['kind']>(counts);
  const isCounted = (entry: TraceEntry): entry is EntryOfKind<Kind> => kinds.has(entry.event.kind);
  return { counts, watches: counts, of: (trace) => count(trace.filter(isCounted)) };
}

/**
 * The same, for the greatest level that a run reaches: events of one of the lists raise it or leave it, those of the other lower it. So
 * neighbours of one list may change places.
 */
export function levelOf<const Rises extends TraceEvent['kind'], const Falls extends TraceEvent['kind'], Count>(
  rises: readonly Rises[],
  falls: readonly Falls[],
  count: (entries: readonly EntryOfKind<Rises | Falls>[]) => Count,
): Counter<Count> {
  return { ...counterOf([...rises, ...falls], count), commuting: [rises, falls] };
}

/** The same, for a count that is the same in whatever order the entries come. */
export function tallyOf<const Kind extends TraceEvent['kind'], Count>(
  counts: readonly Kind[],
  count: (entries: readonly EntryOfKind<Kind>[]) => Count,
): Counter<Count> {
  return { ...counterOf(counts, count), watches: [] };
}

/** The greatest value; 0 if there are none. A trace may be longer than an argument list, so `Math.max(...)` would fail. */
export function greatest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}
