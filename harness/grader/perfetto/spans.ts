/**
 * A trace as spans on lanes: calls, invocations, sleeps and work of downstream systems have a length, all else is a moment.
 *
 * Looks at what an event is about (a table, a queue, a downstream system) and not at each kind: a new kind of event becomes a
 * moment on the lane of whoever it happened to, without a line here.
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { shortTable } from '../draw/table-name.ts';

/** Where something is shown: an actor of the run, or a part of AWS. */
export interface Lane {
  readonly side: 'actors' | 'aws';
  readonly name: string;
}

export interface Span {
  readonly lane: Lane;
  readonly name: string;
  readonly startUs: number;
  readonly endUs: number;
  /** The entry that it begins with. */
  readonly entry: TraceEntry;
  /** What it became: an answer, an outcome. */
  readonly end?: TraceEvent;
}

export interface Moment {
  readonly lane: Lane;
  readonly name: string;
  readonly atUs: number;
  readonly entry: TraceEntry;
}

export interface Spans {
  readonly spans: readonly Span[];
  readonly moments: readonly Moment[];
}

/** So far apart are two entries of one instant, or nobody could tell them apart. */
const APART_US = 10;
/** The length of what has none, on AWS's side: an arrow needs something to begin and end at. */
const BRIEF_US = 6;

/** The trace's entries in spans and moments, in the order in which they began. */
export function spansOf(trace: Trace): Spans {
  const at = instantsOf(trace);
  const overUs = (at.at(-1) ?? 0) + APART_US;
  const open = new Map<string, { entry: TraceEntry; startUs: number; lane: Lane; name: string }>();
  const spans: Span[] = [];
  const moments: Moment[] = [];
  for (const [index, entry] of trace.entries()) {
    const { event } = entry;
    const startUs = at[index] ?? 0;
    const opens = opening(entry);
    const closed = open.get(closing(event) ?? '');
    if (opens !== null) open.set(opens.key, { entry, startUs, ...opens });
    else if (closed !== undefined) {
      spans.push({ ...closed, endUs: startUs, end: event });
      open.delete(closing(event) ?? '');
    } else {
      const lane = laneOf(entry);
      const name = nameOf(entry);
      if (lane.side === 'aws') spans.push({ lane, name, startUs, endUs: startUs + BRIEF_US, entry });
      else moments.push({ lane, name, atUs: startUs, entry });
    }
  }
  const unfinished = [...open.values()].map((span) => ({ ...span, endUs: overUs }));
  return { spans: [...spans, ...unfinished].sort((a, b) => a.startUs - b.startUs), moments };
}

/** Virtual time in microseconds, with room between entries of one instant. */
function instantsOf(trace: Trace): readonly number[] {
  let last = -APART_US;
  return trace.map(({ atMs }) => {
    last = Math.max(atMs * 1_000, last + APART_US);
    return last;
  });
}

/** What begins with this entry, and by which key its end will be known. */
function opening({ event, actor }: TraceEntry): { key: string; lane: Lane; name: string } | null {
  if (event.kind === 'call-sent') return { key: `call ${event.call}`, lane: actors(actor), name: event.operation };
  if (event.kind === 'invocation-started')
    return { key: `invocation ${event.invocation}`, lane: actors(event.invocation), name: event.invocation };
  if (event.kind === 'timer-set')
    return { key: `timer ${event.timer}`, lane: actors(actor), name: `sleep ${event.delayMs} ms` };
  if (event.kind === 'downstream-entered')
    return { key: `downstream ${event.call}`, lane: aws(event.downstream), name: 'works' };
  return null;
}

function closing(event: TraceEvent): string | null {
  if (event.kind === 'call-answered' || event.kind === 'call-dropped') return `call ${event.call}`;
  if (event.kind === 'invocation-ended') return `invocation ${event.invocation}`;
  if (event.kind === 'timer-fired') return `timer ${event.timer}`;
  if (event.kind === 'downstream-left') return `downstream ${event.call}`;
  return null;
}

function laneOf({ event, actor }: TraceEntry): Lane {
  if (event.kind === 'call-applied') return aws(event.service);
  if ('table' in event) return aws(`table ${shortTable(event.table)}`);
  if ('queue' in event) return aws(`queue ${lastPart(event.queue)}`);
  if ('downstream' in event) return aws(event.downstream);
  if (event.kind.startsWith('event-')) return aws('events of Lambda');
  return actors(actor);
}

function nameOf({ event, actor }: TraceEntry): string {
  if (event.kind === 'call-applied') return `${event.operation} of ${actor}`;
  if (event.kind === 'fault') return `fault: ${event.fault}`;
  if (event.kind === 'note') return event.text;
  if (event.kind === 'log') return event.line;
  return event.kind.replaceAll('-', ' ').replace(/^message |^event (?!source)/, '');
}

/** Of a queue's URL or ARN its name. */
function lastPart(queue: string): string {
  return queue.split(/[/:]/).at(-1) ?? queue;
}

function actors(name: string): Lane {
  return { side: 'actors', name };
}

function aws(name: string): Lane {
  return { side: 'aws', name };
}
