/**
 * A trace as spans on lanes: calls, invocations, sleeps and the work of downstreams have a length, every other event is a
 * moment.
 *
 * It reads what an event is about (a table, a queue, a downstream) and not its kind, so a new kind of event becomes a moment on
 * the lane of its actor without a change here.
 */

import type { SpanOpening, ViewerLane } from '../../simulator/contract/shown.ts';
import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

export interface Span {
  readonly lane: ViewerLane;
  readonly name: string;
  readonly startUs: number;
  readonly endUs: number;
  /** The entry with which it begins. */
  readonly entry: TraceEntry;
  /** The event that ended it: an answer, an outcome. */
  readonly end?: TraceEvent;
}

export interface ViewerInstant {
  readonly lane: ViewerLane;
  readonly name: string;
  readonly atUs: number;
  readonly entry: TraceEntry;
}

export interface Spans {
  readonly spans: readonly Span[];
  readonly moments: readonly ViewerInstant[];
}

/** The distance between two entries of one instant, so that a viewer can show them separately. */
const APART_US = 10;
/** The length of a moment on AWS's side, because an arrow needs a slice to begin and end at. */
const BRIEF_US = 6;

/** The trace's entries as spans and moments, in the order in which they began. */
export function spansOf(trace: Trace): Spans {
  const shown = new ShownTrace(trace);
  const at = instantsOf(trace);
  const overUs = (at.at(-1) ?? 0) + APART_US;
  const open = new Map<string, { entry: TraceEntry; startUs: number; lane: ViewerLane; name: string }>();
  const spans: Span[] = [];
  const moments: ViewerInstant[] = [];
  for (const [index, entry] of trace.entries()) {
    const { event } = entry;
    const startUs = at[index] ?? 0;
    const opens = opening(entry, shown);
    const closes = closing(event, shown);
    const closed = open.get(closes ?? '');
    if (opens !== null) open.set(opens.key, { entry, startUs, ...opens });
    else if (closed !== undefined) {
      spans.push({ ...closed, endUs: startUs, end: event });
      open.delete(closes ?? '');
    } else {
      const lane = laneOf(entry, shown);
      const name = nameOf(entry);
      if (lane.side === 'aws') spans.push({ lane, name, startUs, endUs: startUs + BRIEF_US, entry });
      else moments.push({ lane, name, atUs: startUs, entry });
    }
  }
  const unfinished = [...open.values()].map((span) => ({ ...span, endUs: overUs }));
  return { spans: [...spans, ...unfinished].sort((a, b) => a.startUs - b.startUs), moments };
}

/** The entries' virtual times in microseconds, with a distance between entries of one instant. */
function instantsOf(trace: Trace): readonly number[] {
  let last = -APART_US;
  return trace.map(({ atMs }) => {
    last = Math.max(atMs * 1_000, last + APART_US);
    return last;
  });
}

/** The span that this entry opens, and the key by which its end is recognised. */
function opening(entry: TraceEntry, shown: ShownTrace): SpanOpening | null {
  const { event, actor } = entry;
  if (event.kind === 'call-sent') return { key: `call ${event.call}`, lane: actors(actor), name: event.operation };
  if (event.kind === 'timer-set')
    return { key: `timer ${event.timer}`, lane: actors(actor), name: `sleep ${event.delayMs} ms` };
  return shown.opens(entry);
}

function closing(event: TraceEvent, shown: ShownTrace): string | null {
  if (event.kind === 'call-answered' || event.kind === 'call-dropped') return `call ${event.call}`;
  if (event.kind === 'timer-fired') return `timer ${event.timer}`;
  return shown.closes(event);
}

function laneOf({ event, actor }: TraceEntry, shown: ShownTrace): ViewerLane {
  if (event.kind === 'call-applied') return { side: 'aws', name: event.service };
  return shown.viewerLane(event) ?? actors(actor);
}

function nameOf({ event, actor }: TraceEntry): string {
  if (event.kind === 'call-applied') return `${event.operation} of ${actor}`;
  if (event.kind === 'fault') return `fault: ${event.fault}`;
  if (event.kind === 'note') return event.text;
  if (event.kind === 'log') return event.line;
  return event.kind.replaceAll('-', ' ').replace(/^message |^event (?!source)/, '');
}

function actors(name: string): ViewerLane {
  return { side: 'actors', name };
}
