/**
 * Places everything of a run in a drawing for a phone: narrow lanes that hold only dots and lines, and the words to their right.
 *
 * The same rows and numbers as in the wide drawing. A text that is too long goes on below, so that nothing is cut off.
 */

import type { StepsOfInterest } from '../../../harness/grader/draw/conflict-part.ts';
import { type Folded, foldRows } from '../../../harness/grader/draw/folding.ts';
import { lanesOf, placeOfScenario, sayOfScenario, sourceLanesOf } from '../../../harness/grader/draw/lanes.ts';
import { type Row, rowsOf } from '../../../harness/grader/draw/rows.ts';
import { sayRunUp, splitRunUp } from '../../../harness/grader/draw/run-up.ts';
import { sayMarkShortly } from '../../../harness/grader/explain/marked-step.ts';
import { clip, harmless, wrap } from '../../../harness/grader/report/page.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';
import { count, duration } from '../../../harness/words/phrases.ts';
import type { Drawing, Lane, Mark, Text } from './layout.ts';
import { threadsOf } from './threads.ts';

/** The room that a phone of 390 CSS pixels leaves for a drawing. */
const WIDTH = 330;
const GUTTER = 40;
const LANE = 25;
const HEADER = 92;
const ROW = 26;
const LINE = 15;
const CHARACTER = 7.3;
const LONGEST_NAME = 16;

interface Sheet {
  readonly xOf: ReadonlyMap<string, number>;
  readonly lanes: readonly string[];
  readonly textX: number;
  readonly said: ReadonlyMap<number, string>;
  readonly swapped: ReadonlySet<number>;
}

/** Lays a run out for a phone. */
export function layOutCompact(trace: Trace, interest: StepsOfInterest = {}): Drawing {
  const { marked = [], swap } = interest;
  const { runUp, rows } = splitRunUp(rowsOf(trace), trace, interest);
  const lanes = lanesOf(rows);
  const sheet: Sheet = {
    lanes,
    xOf: new Map(lanes.map((lane, index) => [lane, GUTTER + 8 + index * LANE])),
    textX: GUTTER + lanes.length * LANE + 4,
    said: new Map(marked.map((mark) => [mark.step, sayMarkShortly(mark)[0].replace("'", '’')])),
    swapped: new Set(swap === undefined ? [] : [swap.first, swap.second]),
  };
  const marks = marksOf(rows, sheet, runUp);
  const yOf = new Map(marks.flatMap(({ steps = [], y }) => steps.map((step) => [step, y] as const)));
  const last = marks.at(-1);
  const height = last === undefined ? HEADER : last.y + heightOf(last) - ROW / 2 + 8;
  return {
    width: WIDTH,
    height,
    isCompact: true,
    lanes: lanes.map((name) => laneOf(name, rows, sheet, yOf, height)),
    marks,
    threads: threadsOf(rows, marked, { xOf: sheet.xOf, yOf }),
  };
}

function marksOf(rows: readonly Row[], sheet: Sheet, runUp: readonly Row[]): readonly Mark[] {
  const marks: Mark[] = [];
  const add = (mark: Mark): void => {
    const before = marks.at(-1);
    marks.push({ ...mark, y: before === undefined ? HEADER + ROW / 2 : before.y + heightOf(before) });
  };
  if (runUp.length > 0) add({ ...context(sayRunUp(runUp)), steps: runUp.map(({ step }) => step) });
  let atMs = 0;
  for (const item of foldRows(rows)) {
    const [first] = item.rows;
    if (first.atMs !== atMs) add(context(`at ${duration(first.atMs)}`));
    atMs = first.atMs;
    if (item.kind === 'left-out') add(context(`… ${count(item.rows.length, 'step')} …`));
    else add(rowsMark(item, sheet));
    for (const { text } of item.rows.flatMap(({ notes }) => notes))
      add({ ...blank(), texts: lines(text, 'broken', sheet), broken: true, isNote: true });
  }
  return marks;
}

/** How far below a mark the next one stands. */
function heightOf({ texts }: Mark): number {
  return ROW + Math.max(0, ...texts.map(({ dy = 0 }) => dy));
}

function blank(): Mark {
  return { label: '', y: 0, texts: [], dots: [], arrows: [], broken: false, swapped: false };
}

function context(text: string): Mark {
  return { ...blank(), texts: [{ x: 8, text, tone: 'context' }] };
}

function rowsMark({ rows }: Folded, sheet: Sheet): Mark {
  const [first] = rows;
  const last = rows.at(-1) ?? first;
  const wrong = rows.map(({ step }) => sheet.said.get(step)).find((words) => words !== undefined);
  const broken = wrong !== undefined || rows.some(({ kind }) => kind === 'trouble');
  const starts = rows.length > 1 ? `${rows.length} start` : sayRow(first, sheet);
  const words = wrong === undefined ? starts : `${starts}: ${wrong}`;
  return {
    ...blank(),
    label: rows.length === 1 ? String(first.number) : `${first.number}–${last.number}`,
    steps: rows.map(({ step }) => step),
    texts: lines(words, broken ? 'broken' : first.kind === 'start' ? 'context' : 'ink', sheet),
    dots: rows.map((row) => ({ x: xOfRow(row, sheet), broken })),
    arrows: rows.flatMap((row) => arrowsOf(row, sheet)),
    broken,
    swapped: rows.some(({ step }) => sheet.swapped.has(step)),
  };
}

/** «put → bumps = 2»: what the wide drawing says in two lanes. */
function sayRow(row: Row, { xOf }: Sheet): string {
  if (!xOf.has(row.actor)) return sayOfScenario(row);
  return row.effect === undefined ? row.text : `${row.text} → ${row.effect.text}`;
}

function xOfRow(row: Row, { xOf, lanes }: Sheet): number {
  return xOf.get(row.actor) ?? xOf.get(placeOfScenario(row)) ?? xOf.get(lanes.at(-1) ?? '') ?? GUTTER;
}

function arrowsOf(row: Row, sheet: Sheet): Mark['arrows'] {
  const own = sheet.xOf.get(row.actor);
  if (own === undefined) return [];
  const from = row.from === undefined ? undefined : sheet.xOf.get(row.from);
  const to = row.effect === undefined ? undefined : sheet.xOf.get(row.effect.lane);
  return [
    ...(from === undefined || from === own ? [] : [{ fromX: from, toX: own - 6 }]),
    ...(to === undefined || to <= own ? [] : [{ fromX: own, toX: to - 2 }]),
  ];
}

function lines(text: string, tone: Text['tone'], { textX }: Sheet): readonly Text[] {
  const width = Math.floor((WIDTH - textX) / CHARACTER);
  return wrap(harmless(text), width).map((line, index) => ({ x: textX, text: line, tone, dy: index * LINE }));
}

function laneOf(
  name: string,
  rows: readonly Row[],
  { xOf }: Sheet,
  yOf: ReadonlyMap<number, number>,
  height: number,
): Lane {
  const about = { name: clip(name, LONGEST_NAME), isTitled: true, x: xOf.get(name) ?? 0 };
  const own = rows.filter(({ actor }) => actor === name).flatMap(({ step }) => yOf.get(step) ?? []);
  const isPlace = own.length === 0 || sourceLanesOf(rows).has(name) || rows.some(({ effect }) => effect?.lane === name);
  if (isPlace) return { ...about, kind: 'place', fromY: HEADER, toY: height - 4 };
  return { ...about, kind: 'actor', fromY: Math.min(...own), toY: Math.max(...own) };
}
