/**
 * A trace in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
 *
 * Actors and parts of AWS are threads of two processes, and spans are slices. Arrows lead from a call to the point where it
 * takes effect, from there to the invocation that it starts, and from one station of a message to the next. Time is virtual;
 * events of one instant are drawn ten microseconds apart. The arguments of each event hold the exact times.
 *
 * The format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */

import type { ViewerLane } from '../../simulator/contract/shown.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { type Span, spansOf, type ViewerInstant } from './spans.ts';
import { type Track, tracksOf } from './tracks.ts';

/** One event of the format, with the fields that are used here. */
export interface ChromeEvent {
  /** M metadata · X a slice · i an instant · s and f the two ends of an arrow. */
  readonly ph: 'M' | 'X' | 'i' | 's' | 'f';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  /** An instant's scope: its thread. */
  readonly s?: 't';
  readonly id?: number;
  /** An arrow ends at the slice around it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

export interface ChromeTrace {
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly ChromeEvent[];
}

const PROCESSES: Readonly<Record<ViewerLane['side'], { readonly pid: number; readonly name: string }>> = {
  actors: { pid: 1, name: 'scenario and invocations' },
  aws: { pid: 2, name: 'AWS' },
};

interface Placed extends Span {
  readonly pid: number;
  readonly tid: number;
}

/** The whole file. `token` names the run. */
export function chromeTraceOf(trace: Trace, token: string): ChromeTrace {
  const { spans, moments } = spansOf(trace);
  const tracks = tracksOf(
    spans,
    moments.map(({ lane }) => lane),
  );
  const placed = tracks.flatMap((track, index) =>
    track.spans.map((span): Placed => ({ ...span, pid: PROCESSES[track.lane.side].pid, tid: index + 1 })),
  );
  const events = [
    ...placed.map(sliceOf),
    ...moments.map((moment) => instantOf(moment, tracks)),
    ...arrowsOf(trace, placed).flatMap(({ from, to, name }, index) => arrow(from, to, name, index + 1)),
  ];
  return {
    displayTimeUnit: 'ms',
    otherData: { token, time: 'virtual; entries of one instant are drawn 10 µs apart' },
    traceEvents: [...metadataOf(tracks), ...events.sort((a, b) => (a.ts ?? 0) - (b.ts ?? 0))],
  };
}

function metadataOf(tracks: readonly Track[]): readonly ChromeEvent[] {
  const processes = Object.values(PROCESSES).flatMap(({ pid, name }): ChromeEvent[] => [
    { ph: 'M', name: 'process_name', pid, tid: 0, args: { name } },
    { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: pid } },
  ]);
  const threads = tracks.flatMap(({ lane, number }, index): ChromeEvent[] => {
    const place = { ph: 'M', pid: PROCESSES[lane.side].pid, tid: index + 1 } as const;
    return [
      { ...place, name: 'thread_name', args: { name: number === 1 ? lane.name : `${lane.name} (${number})` } },
      { ...place, name: 'thread_sort_index', args: { sort_index: index + 1 } },
    ];
  });
  return [...processes, ...threads];
}

function sliceOf({ name, pid, tid, startUs, endUs, entry, end }: Placed): ChromeEvent {
  const args = { ...argsOf(entry), ...(end === undefined ? {} : { end: withoutKind(end) }) };
  return { ph: 'X', name, cat: entry.event.kind, pid, tid, ts: startUs, dur: endUs - startUs, args };
}

function instantOf({ lane, name, atUs, entry }: ViewerInstant, tracks: readonly Track[]): ChromeEvent {
  const tid = 1 + tracks.findIndex((track) => track.lane.side === lane.side && track.lane.name === lane.name);
  const { pid } = PROCESSES[lane.side];
  return { ph: 'i', s: 't', name, cat: entry.event.kind, pid, tid, ts: atUs, args: argsOf(entry) };
}

function argsOf({ seq, step, atMs, event }: TraceEntry): Readonly<Record<string, unknown>> {
  const frame = 'frame' in event ? event.frame : undefined;
  const place = frame === undefined ? {} : { frame: `${frame.file}:${frame.line}` };
  return { seq, step, atMs, ...withoutKind(event), ...place };
}

function withoutKind({ kind: _, ...members }: TraceEvent): Readonly<Record<string, unknown>> {
  return members;
}

interface Arrow {
  readonly from: Placed;
  readonly to: Placed;
  readonly name: string;
}

function arrowsOf(trace: Trace, placed: readonly Placed[]): readonly Arrow[] {
  const bySeq = new Map(placed.map((span) => [span.entry.seq, span]));
  const byCall = new Map<string, Placed>();
  const byMessage = new Map<string, Placed>();
  const arrows: Arrow[] = [];
  const lead = (from: Placed | undefined, to: Placed, name: string): void => {
    if (from !== undefined && from !== to && from.startUs < to.startUs) arrows.push({ from, to, name });
  };
  for (const span of [...placed].sort((a, b) => a.startUs - b.startUs)) {
    const { event } = span.entry;
    if (event.kind === 'call-sent') byCall.set(event.call, span);
    if (event.kind === 'call-applied') lead(byCall.get(event.call), span, 'call');
    if (event.kind === 'invocation-started') lead(causeOf(span.entry, trace, bySeq), span, 'invocation');
    if ('messageId' in event) {
      lead(byMessage.get(event.messageId), span, 'message');
      byMessage.set(event.messageId, span);
    }
  }
  return arrows;
}

/** The nearest cause that is a slice on AWS's side: the call or message that started an invocation. */
function causeOf({ cause }: TraceEntry, trace: Trace, bySeq: ReadonlyMap<number, Placed>): Placed | undefined {
  for (let seq = cause; seq !== null; seq = trace[seq]?.cause ?? null) {
    const span = bySeq.get(seq);
    if (span?.lane.side === 'aws') return span;
  }
  return undefined;
}

/** An arrow's ends lie inside their slices, because a viewer finds the slices by that. */
function arrow(from: Placed, to: Placed, name: string, id: number): readonly ChromeEvent[] {
  const within = ({ startUs }: Placed) => startUs + 1;
  return [
    { ph: 's', name, cat: 'cause', id, pid: from.pid, tid: from.tid, ts: within(from) },
    { ph: 'f', bp: 'e', name, cat: 'cause', id, pid: to.pid, tid: to.tid, ts: within(to) },
  ];
}
