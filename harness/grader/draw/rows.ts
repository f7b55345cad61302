/**
 * Turns a trace into rows for a reader: one numbered row for each step in which something visible happens.
 *
 * A row says in a few words who did what and what the step changed; the words come from the services. Rows know nothing of
 * columns, colours and terminals. Explanations refer to the numbers that are assigned here.
 */

import { FAULT_WORDS } from '../../simulator/contract/fault-words.ts';
import type { FaultSeen, NoteWords, RowEffect, RowWords, StepSeen } from '../../simulator/contract/shown.ts';
import { type Actor, type Noted, SCENARIO } from '../../simulator/contract/trace-entry.ts';
import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';

export interface Row {
  /** Counts from 1, as people do. */
  readonly number: number;
  /** The step of the trace, as in `TraceEntry.step`. */
  readonly step: number;
  readonly atMs: number;
  readonly actor: Actor;
  /** For example «get → nothing». */
  readonly text: string;
  /** The step's effect elsewhere: on a table, with the item afterwards; or on a downstream, with its answer. */
  readonly effect?: RowEffect;
  /** The lane of the queue whose message began this step, or of the table that the scenario read. */
  readonly from?: string;
  readonly kind: RowWords['kind'];
  /** What else happened in this step. Each note becomes a row without a number. */
  readonly notes: readonly NoteWords[];
  /** The lanes of queues among the lanes that this row names. */
  readonly sources?: readonly string[];
}

type Unnumbered = Omit<Row, 'number'>;

/** A row, and the entry that it describes. */
interface Found {
  readonly entry: TraceEntry;
  readonly words: RowWords;
}

/** The rows of a trace, in order. */
export function rowsOf(trace: Trace): readonly Row[] {
  const steps = Map.groupBy(trace, ({ step }) => step);
  const shown = new ShownTrace(trace);
  const rows = [...steps.values()].flatMap((entries) => {
    const row = rowOf(entries, shown);
    return row === null ? [] : [row];
  });
  return rows.map((row, index) => ({ ...row, number: index + 1 }));
}

function rowOf(entries: readonly TraceEntry[], shown: ShownTrace): Unnumbered | null {
  const step = shown.step(entries);
  const found = wordsOf(entries, step, shown);
  if (found === null) return null;
  const { entry, words } = found;
  const from = shown.sourceOf(entries) ?? lookedInto(entry, shown);
  const notes = notesOf(found, step, shown);
  const { actor, text, kind, effect } = words;
  const lanes = [actor, ...(from === null ? [] : [from]), ...notes.map((note) => note.actor)];
  const sources = [...new Set(lanes)].filter((lane) => shown.isSource(lane));
  return {
    step: entry.step,
    atMs: entry.atMs,
    actor,
    text,
    kind,
    ...(effect === undefined ? {} : { effect }),
    ...(from === null ? {} : { from }),
    notes,
    ...(sources.length === 0 ? {} : { sources }),
  };
}

/** The row of a step describes its call, else its fault, else whatever began in it; null if nothing is visible. */
function wordsOf(entries: readonly TraceEntry[], step: StepSeen<Noted>, shown: ShownTrace): Found | null {
  for (const entry of entries) {
    const { event } = entry;
    if (event.kind !== 'call-applied') continue;
    const call = { ...entry, event };
    return shown.isOnlyALook(call) ? null : { entry, words: shown.rowOfCall(call, step) };
  }
  for (const entry of entries) {
    if (entry.event.kind === 'fault')
      return { entry, words: wordsOfFault({ ...entry, event: entry.event }, step, shown) };
  }
  const timer = entries.find(({ event }) => event.kind === 'timer-fired');
  if (timer !== undefined) return { entry: timer, words: { actor: timer.actor, text: 'wakes', kind: 'call' } };
  return quietWordsOf(entries, step, shown);
}

/** A step without a call: a queue, a mapping, an event or a downstream did something. */
function quietWordsOf(entries: readonly TraceEntry[], step: StepSeen<Noted>, shown: ShownTrace): Found | null {
  // Before the first step, scenario and code only announce what they are going to do.
  if (entries[0]?.step === 0) return null;
  const strong = shown.leads.flatMap((kind) => entries.find(({ event }) => event.kind === kind) ?? []);
  for (const entry of [...strong, ...entries]) {
    const words = shown.rowOf(entry, step);
    if (words !== null) return { entry, words };
  }
  return null;
}

function wordsOfFault(fault: FaultSeen, step: StepSeen<Noted>, shown: ShownTrace): RowWords {
  const { actor, event } = fault;
  const isOfService = event.call === undefined && event.invocation === undefined;
  const words = isOfService ? shown.rowOfFault(fault, step) : null;
  return words ?? { actor: event.invocation ?? actor, text: drawnFault(fault), kind: 'trouble' };
}

function drawnFault({ event }: FaultSeen): string {
  return `✗ ${FAULT_WORDS[event.fault].drawn}`;
}

function lookedInto(entry: TraceEntry, shown: ShownTrace): string | null {
  const { actor, event } = entry;
  return actor === SCENARIO && event.kind === 'call-applied' ? shown.lookedInto({ ...entry, event }) : null;
}

/** What else happened in the step, unless the row says it already. */
function notesOf({ entry: told, words }: Found, step: StepSeen<Noted>, shown: ShownTrace): readonly NoteWords[] {
  const entries = step.entries as readonly TraceEntry[];
  const notes = entries.flatMap((entry) => (entry === told ? [] : (noteOf(entry, step, shown) ?? [])));
  return notes.filter(({ text }) => text !== words.text);
}

function noteOf(entry: TraceEntry, step: StepSeen<Noted>, shown: ShownTrace): NoteWords | null {
  const { event, actor } = entry;
  switch (event.kind) {
    case 'stalled':
      return { actor, text: '✗ waits for ever' };
    case 'refused':
      return { actor, text: `✗ ${event.what}` };
    case 'fault':
      return { actor: event.invocation ?? actor, text: drawnFault({ ...entry, event }) };
    default:
      return shown.noteOf(entry, step);
  }
}
