/**
 * Where two runs of one schedule part: the first thing that code did otherwise.
 *
 * Compares data. Services and chance follow from the schedule, so what differs first was done by code: a handler's, the
 * scenario's, or a downstream's.
 */

import { encode } from '../../host/realm/wire.ts';
import type { Frame, Trace, TraceEntry } from '../../simulator/trace.ts';
import { SCENARIO } from '../../simulator/world/context.ts';
import { type Did, didOf, NOTHING_MORE, sayBoth } from './did.ts';

/** Whose code it is: what to do about it depends on that. */
export type Whose = 'handler' | 'scenario' | 'downstream' | 'check';

export interface Difference {
  readonly whose: Whose;
  /** «bump#2» */
  readonly who: string;
  /** 0: before the first step. Null where no step can be named. */
  readonly step: number | null;
  /** «called PutItem the first time and GetItem the second» */
  readonly did: string;
  /** Where it stands in both traces, if it does. */
  readonly seq?: number;
  readonly frame?: Frame;
}

/** One run of a schedule, as far as it came. */
export interface SeenRun {
  readonly trace: Trace;
  /** Of a run that was given up: its last step. What would have come later says nothing. */
  readonly until?: number;
}

/**
 * Where they part; null if they don't, or if it was not code that made them part: then they are not of one schedule.
 */
export function differenceOf(first: SeenRun, second: SeenRun): Difference | null {
  const until = Math.min(first.until ?? Number.POSITIVE_INFINITY, second.until ?? Number.POSITIVE_INFINITY);
  const a = first.trace.filter(({ step }) => step <= until);
  const b = second.trace.filter(({ step }) => step <= until);
  const seq = a.findIndex((entry, at) => !isSame(entry, b[at]));
  const at = seq >= 0 ? seq : a.length < b.length ? a.length : -1;
  if (at < 0) return null;
  const mine = a[at];
  const other = b[at];
  const both = mine !== undefined && other !== undefined && mine.step === other.step;
  const [didMine, didOther] = [deedOf(mine), deedOf(other)];
  if (both && (didMine === null || didOther === null)) return null;
  // The earlier one is what the other run has not got.
  const isMine = didMine !== null && (didOther === null || (mine?.step ?? 0) <= (other?.step ?? 0));
  const named = isMine ? mine : other;
  if (named === undefined || (isMine ? didMine : didOther) === null) return null;
  const who = doerOf(named);
  const versions = [a, b].map((run) => nextOf(run, at, named));
  const did = sayBoth(versions[0] ?? NOTHING_MORE, versions[1] ?? NOTHING_MORE);
  return { whose: whoseIs(named), who, step: named.step, did, seq: at };
}

/** What the same one does next in the same step. */
function nextOf(run: Trace, from: number, as: TraceEntry): Did {
  const doer = doerOf(as);
  for (let at = from; at < run.length && run[at]?.step === as.step; at += 1) {
    const entry = run[at];
    const did = entry === undefined || doerOf(entry) !== doer ? null : didOf(entry.event);
    if (did !== null) return did;
  }
  return NOTHING_MORE;
}

function deedOf(entry: TraceEntry | undefined): Did | null {
  return entry === undefined ? null : didOf(entry.event);
}

function doerOf({ actor, event }: TraceEntry): string {
  if (event.kind === 'downstream-left') return event.downstream;
  if (event.kind === 'invocation-ended') return event.invocation;
  return actor;
}

function whoseIs({ actor, event }: TraceEntry): Whose {
  if (event.kind === 'downstream-left') return 'downstream';
  return actor === SCENARIO ? 'scenario' : 'handler';
}

function isSame(entry: TraceEntry, other: TraceEntry | undefined): boolean {
  return other !== undefined && textOf(entry) === textOf(other);
}

/** Lines of code are told in some runs only. */
function textOf(entry: TraceEntry): string {
  return encode({ ...entry, event: { ...entry.event, frame: undefined } });
}
