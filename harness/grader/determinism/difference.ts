/**
 * Finds where two runs of one schedule diverge: the first thing that code did differently.
 *
 * It compares data. Services and chance follow from the schedule, so the first difference comes from code: a handler's, the
 * scenario's, or a downstream's.
 */

import { encode } from '../../host/wire.ts';
import type { Did } from '../../simulator/contract/shown.ts';
import { type Frame, SCENARIO } from '../../simulator/contract/trace-entry.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { didOf, NOTHING_MORE, sayBoth } from './did.ts';

/** Whose code behaved differently. The advice depends on it. */
export type Whose = 'handler' | 'scenario' | 'downstream' | 'check';

export interface Difference {
  readonly whose: Whose;
  /** For example «bump#2». */
  readonly who: string;
  /** 0: before the first step. Null if no step can be named. */
  readonly step: number | null;
  /** For example «called PutItem the first time and GetItem the second». */
  readonly did: string;
  /** The position of the entry in both traces, if it has one. */
  readonly seq?: number;
  readonly frame?: Frame;
}

/** One run of a schedule, as far as it came. */
export interface SeenRun {
  readonly trace: Trace;
  /** Set for a run that was given up: its last complete step. Later entries are ignored. */
  readonly until?: number;
}

/**
 * Where the runs diverge; null if they don't, or if something other than code made them diverge. Without `sameSchedule` the
 * runs may share only their first choices: then a difference at the beginning of a step may be a difference of choice.
 */
export function differenceOf(first: SeenRun, second: SeenRun, sameSchedule = true): Difference | null {
  const until = Math.min(first.until ?? Number.POSITIVE_INFINITY, second.until ?? Number.POSITIVE_INFINITY);
  const a = first.trace.filter(({ step }) => step <= until);
  const b = second.trace.filter(({ step }) => step <= until);
  const at = firstOther(a, b);
  if (at < 0) return null;
  const [mine, other] = [a[at], b[at]];
  const [deedOfMine, deedOfOther] = [deedOf(mine), deedOf(other)];
  const inOneStep = mine !== undefined && mine.step === other?.step;
  if (inOneStep && (deedOfMine === null || deedOfOther === null)) return sameSchedule ? ofDownstream(a, b, at) : null;
  // The earlier of two deeds is missing in the other run.
  const isMine = deedOfMine !== null && (other === undefined || mine === undefined || mine.step <= other.step);
  const named = isMine ? mine : other;
  if (named === undefined || deedOf(named) === null) return null;
  if (!sameSchedule && named.step > 0 && a[at - 1]?.step !== named.step) return null;
  return differenceAt(a, b, at, named);
}

function firstOther(a: Trace, b: Trace): number {
  const at = a.findIndex((entry, index) => !isSame(entry, b[index]));
  return at >= 0 ? at : a.length < b.length ? a.length : -1;
}

function differenceAt(a: Trace, b: Trace, at: number, named: TraceEntry): Difference {
  const [mine = NOTHING_MORE, other = NOTHING_MORE] = [a, b].map((run) => nextOf(run, at, named));
  return { whose: whoseIs(named), who: doerOf(named), step: named.step, did: sayBoth(mine, other), seq: at };
}

/** An entry of a call holds its answer. The entry after it holds the downstream's answer. */
function ofDownstream(a: Trace, b: Trace, at: number): Difference | null {
  const left = (run: Trace) =>
    run.find(({ step, event }, index) => index >= at && step === run[at]?.step && event.kind === 'downstream-left');
  const [mine, other] = [left(a), left(b)];
  return mine === undefined || other === undefined || isSame(mine, other) ? null : differenceAt(a, b, at, mine);
}

/** What the same actor does next in the same step. */
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

/** The entry as text, without its line of code, since only some runs record lines. */
function textOf(entry: TraceEntry): string {
  return encode({ ...entry, event: { ...entry.event, frame: undefined } });
}
