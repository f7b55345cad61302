/**
 * A run as a model for any drawing of it: lanes from left to right, numbered rows downwards, who reaches for what.
 *
 * Pure, and plain JSON out. It knows no columns, no pixels and no colours; the numbers are the ones that sentences name.
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { accessesOf } from '../explain/accesses.ts';
import type { Conflict } from '../explain/explain.ts';
import { type Numbering, numberingOf } from '../explain/numbering.ts';
import { staleWrites } from '../explain/stale-write.ts';
import { type Part, type Parts, partsOf } from './conflict-part.ts';
import { type Row, rowsOf } from './rows.ts';
import { labelOf, oneLine, type Saying, sayingsOf } from './step-words.ts';
import { shortTable } from './table-name.ts';
import { type Touched, touchedItems } from './touched-item.ts';

export interface Lane {
  /** `bump#1`, `table Counters`, `visitors`. One line, no control characters. */
  readonly name: string;
  readonly kind: 'scenario' | 'invocation' | 'table';
  /** The first and the last row in which there is something in the lane, by position in `rows`. */
  readonly fromRow: number;
  readonly toRow: number;
}

export type StepKind = 'start' | 'read' | 'write' | 'trouble' | 'other';

export interface LaneRow {
  /** The reader's number, from 1. */
  readonly number: number;
  /** `TraceEntry.step`. */
  readonly step: number;
  readonly atMs: number;
  /** The clock moved since the row before. */
  readonly clockMoved: boolean;
  /** Where the step happens, by position in `lanes`. */
  readonly lane: number;
  /** «get notify-me → nothing». */
  readonly label: string;
  /** The same without the item's name: «get → nothing». */
  readonly shortLabel: string;
  readonly kind: StepKind;
  /** The shared item that the step is about, and what it holds afterwards; `lane` is its table's. */
  readonly shared?: { readonly lane: number; readonly item: string; readonly value: string | null };
  /** What made this step happen, if that was in another row. */
  readonly cause?: { readonly row: number; readonly lane: number };
  /** What else happened in this step. */
  readonly notes: readonly { readonly lane: number; readonly text: string; readonly kind: Saying['kind'] }[];
  /** The step's part in the conflict, if it has one. */
  readonly conflict?: Part;
  /** Not needed to see what went wrong: renderers may fold it. */
  readonly quiet: boolean;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly rows: readonly LaneRow[];
}

export interface LayOutOptions {
  /** The two steps whose order mattered, by `TraceEntry.step`, as `explain` returns them; found in the trace unless given. */
  readonly conflict?: Conflict;
}

/** Lays a run out. A trace in which nothing can be seen has no lanes and no rows. */
export function layOut(trace: Trace, options: LayOutOptions = {}): Lanes {
  const rows = rowsOf(trace);
  const touched = touchedItems(trace);
  const names = laneNames(rows, touched);
  const parts = partsOf(staleWrites(accessesOf(trace)), trace, options.conflict);
  const context: Context = {
    rows,
    touched,
    names,
    parts,
    numbering: numberingOf(trace),
    bySeq: new Map(trace.map((entry) => [entry.seq, entry])),
    steps: Map.groupBy(trace, ({ step }) => step),
  };
  const laidOut = rows.map((row, index) => laneRow(row, rows[index - 1]?.atMs ?? 0, context));
  return { lanes: names.map((name, index) => laneOf(name, index, laidOut)), rows: laidOut };
}

interface Context {
  readonly rows: readonly Row[];
  readonly touched: ReadonlyMap<number, Touched>;
  readonly names: readonly string[];
  readonly parts: Parts;
  readonly numbering: Numbering;
  readonly bySeq: ReadonlyMap<number, TraceEntry>;
  readonly steps: ReadonlyMap<number, readonly TraceEntry[]>;
}

const SCENARIO = 'scenario';

/** The scenario has a lane only if it does more than to look at what the tables hold in the end. */
function laneNames(rows: readonly Row[], touched: ReadonlyMap<number, Touched>): readonly string[] {
  const tables = new Set(rows.flatMap(({ step }) => touched.get(step)?.table ?? []).map(tableKey));
  const looksOnly = ({ actor, step, kind, notes }: Row) =>
    actor === SCENARIO && notes.length === 0 && kind === 'call' && touched.get(step)?.writes === false;
  const actors = rows.filter((row) => !looksOnly(row)).flatMap((row) => [row.actor, ...row.notes.map((n) => n.actor)]);
  const all = [...new Set(actors)];
  return [...all.filter((actor) => actor === SCENARIO), ...inOrderOfStart(all), ...tables];
}

/** `bump#2` before `bump#10`; the numbers are given out as invocations start. */
function inOrderOfStart(actors: readonly string[]): readonly string[] {
  return actors.filter((actor) => actor !== SCENARIO).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Lanes of tables are told from lanes of actors by this; no actor's name begins so. */
function tableKey(table: string): string {
  return `table ${table}`;
}

function laneRow(row: Row, beforeMs: number, context: Context): LaneRow {
  const { names, touched, parts, steps } = context;
  const about = touched.get(row.step);
  const table = about === undefined ? -1 : names.indexOf(tableKey(about.table));
  const own = names.indexOf(row.actor);
  const shared =
    about === undefined ? {} : { shared: { lane: table, item: oneLine(about.item, 24), value: sayValue(about) } };
  const says = (text: string) => (own < 0 ? text.replace(/^get\b(.*) →/, 'read$1:') : text);
  const notes = sayingsOf(row, steps.get(row.step) ?? []).flatMap(({ actor, text, kind }) => {
    const lane = names.indexOf(actor);
    return lane < 0 ? [] : [{ lane, text, kind }];
  });
  const part = parts.roles.get(row.step);
  return {
    number: row.number,
    step: row.step,
    atMs: row.atMs,
    clockMoved: row.atMs !== beforeMs,
    lane: own < 0 ? Math.max(0, table) : own,
    label: says(labelOf(row, about)),
    shortLabel: says(oneLine(row.text)),
    kind: kindOf(row, about),
    ...shared,
    ...causeOf(row, context),
    notes,
    ...(part === undefined ? {} : { conflict: part }),
    quiet: parts.isQuiet(row),
  };
}

function sayValue({ value }: Touched): string | null {
  return value === null ? null : oneLine(value);
}

function kindOf({ kind }: Row, touched: Touched | undefined): StepKind {
  if (kind !== 'call') return kind;
  if (touched === undefined) return 'other';
  return touched.writes ? 'write' : 'read';
}

/** Goes back from the row's own event to the last one that belongs to another row. */
function causeOf(row: Row, { rows, names, numbering, bySeq, steps }: Context): Pick<LaneRow, 'cause'> {
  let entry = steps.get(row.step)?.[0];
  while (entry !== undefined && (entry.step === row.step || isOnItsWay(entry) || numbering(entry) === null))
    entry = entry.cause === null ? undefined : bySeq.get(entry.cause);
  const number = entry === undefined ? null : numbering(entry);
  if (number === null) return {};
  const lane = names.indexOf(rows[number - 1]?.actor ?? '');
  return lane < 0 ? {} : { cause: { row: number - 1, lane } };
}

/** A call that has been sent is seen where it takes effect; what made it is what its sender heard before. */
function isOnItsWay({ event }: TraceEntry): boolean {
  return event.kind === 'call-sent' || event.kind === 'timer-set';
}

function laneOf(name: string, index: number, rows: readonly LaneRow[]): Lane {
  const here = rows.flatMap(({ lane, shared, notes }, at) =>
    lane === index || shared?.lane === index || notes.some((note) => note.lane === index) ? [at] : [],
  );
  const ends = { fromRow: here[0] ?? 0, toRow: here.at(-1) ?? 0 };
  if (name === SCENARIO) return { name: 'visitors', kind: 'scenario', ...ends };
  if (!name.startsWith('table ')) return { name: oneLine(name, 28), kind: 'invocation', ...ends };
  return { name: oneLine(`table ${shortTable(name.slice('table '.length))}`, 28), kind: 'table', ...ends };
}
