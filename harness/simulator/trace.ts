/**
 * The trace of one run: flat, ordered, causal, plain JSON.
 *
 * Everything that shows or judges a run reads this and nothing else: checks, explanations, the terminal's swim-lanes, the page's. One
 * closed union of events, made of the world's own and of each service's; equal choices give byte-equal traces.
 */

import type { EntryOf, RunEvent } from './contract/trace-entry.ts';
import type { ServiceEvent } from './services/all.ts';

export type TraceEvent = RunEvent | ServiceEvent;
export type TraceEntry = EntryOf<TraceEvent>;
export type Trace = readonly TraceEntry[];
