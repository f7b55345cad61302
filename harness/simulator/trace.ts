/**
 * The trace of one run: flat, ordered, causal, plain JSON.
 *
 * Checks, explanations, the terminal's drawing and the page's drawing read the trace and nothing else. Its events are one
 * closed union of the world's own events and those of each service. Equal choices give byte-equal traces.
 */

import type { EntryOf, RunEvent } from './contract/trace-entry.ts';
import type { ServiceEvent } from './services/all.ts';

export type TraceEvent = RunEvent | ServiceEvent;
export type TraceEntry = EntryOf<TraceEvent>;
export type Trace = readonly TraceEntry[];
