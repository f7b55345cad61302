/**
 * Places everything of a run in its drawing: lanes from left to right, time downwards, one row per step.
 *
 * The grader supplies rows and numbers, so that its sentences name the same steps. Returns plain numbers; nothing is drawn
 * here.
 */

import type { StepsOfInterest } from '../../../harness/grader/draw/conflict-part.ts';
import { foldRows } from '../../../harness/grader/draw/folding.ts';
import { placeOfScenario, sayOfScenario, sourceLanesOf } from '../../../harness/grader/draw/lanes.ts';
import { type Row, rowsOf } from '../../../harness/grader/draw/rows.ts';
import { sayRunUp, splitRunUp } from '../../../harness/grader/draw/run-up.ts';
import { sayMarkShortly } from '../../../harness/grader/explain/marked-step.ts';
import type { Conflict } from '../../../harness/grader/explain/saving.ts';
import { harmless } from '../../../harness/grader/report/page.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';
import { duration } from '../../../harness/words/phrases.ts';
import { type Column, introduced, oneEach, shared } from './columns.ts';
import { type Thread, threadsOf } from './threads.ts';

/** The width of a character at the drawing's size; slightly more than in most monospaced faces, so that texts never touch. */
const CHARACTER = 8;
const GUTTER = 44;
const ROW = 30;
const HEADER = 38;
/** How far below a step's line the text stands that says what is wrong with it. */
const BELOW = 14;
/** The distance from a lane's line to its texts. */
export const INDENT = 14;

/** A lane between others is at most so many characters wide. */
const MOST_CHARACTERS = 34;

/** The width of a page beside its navigation. A wider drawing has to be scrolled. */
const PAGE = 960;

export interface Lane {
  readonly name: string;
  /** False if it shares its column with an earlier one. */
  readonly isTitled: boolean;
  /** `actor`: lasts as long as it acts. `place`: lasts the whole run; queues, downstreams, tables. */
  readonly kind: 'actor' | 'place';
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
}

export interface Mark {
  /** The text in the gutter: «4», «1–3», or a time. */
  readonly label: string;
  /** The steps that it stands for, by `TraceEntry.step`; none if it is only a time, a note or a fold. */
  readonly steps?: readonly number[];
  /** It adds something to the mark before it: «crashes after the call». */
  readonly isNote?: true;
  readonly y: number;
  readonly texts: readonly Text[];
  readonly dots: readonly { readonly x: number; readonly broken: boolean }[];
  /** From an invocation to what it wrote or called, and from a queue to the invocation that received its message. */
  readonly arrows: readonly { readonly fromX: number; readonly toX: number }[];
  readonly broken: boolean;
  /** Whether it is one of the two steps that, the other way round, would have saved the run. */
  readonly swapped: boolean;
}

export interface Text {
  readonly x: number;
  /** How far below its mark's line it stands. */
  readonly dy?: number;
  readonly text: string;
  readonly tone: 'ink' | 'context' | 'broken';
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Lanes are too narrow for names, which stand at an angle above them. */
  readonly isCompact?: true;
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
  /** What was violated, as red lines. */
  readonly threads: readonly Thread[];
}

/** Lays a run out. What an explanation says of single steps is marked, and nothing else. */
export function layOut(trace: Trace, interest: StepsOfInterest = {}): Drawing {
  const { marked = [], swap } = interest;
  const { runUp, rows: steps } = splitRunUp(rowsOf(trace), trace, interest);
  const said = new Map(marked.map((mark) => [mark.step, sayMarkShortly(mark)[0].replace("'", '’')]));
  const roomy = oneEach(steps);
  const columns = placesOf(steps, roomy, said).width > PAGE ? shared(steps) : roomy;
  const rows = introduced(steps, columns);
  const places = placesOf(rows, columns, said);
  const marks = marksOf(rows, places, said, runUp).map((placed) => withSwap(placed, swap));
  const yOf = new Map(marks.flatMap(({ steps, mark }) => steps.map((step) => [step, mark.y] as const)));
  const height = HEADER + marks.length * ROW + 8;
  return {
    width: places.width,
    height,
    lanes: linesOf(rows, places, yOf, height),
    marks: marks.map(({ mark, steps }) => ({ ...mark, steps })),
    threads: threadsOf(rows, marked, { xOf: places.xOf, yOf }),
  };
}

interface Places {
  readonly names: readonly string[];
  readonly xOf: ReadonlyMap<string, number>;
  readonly width: number;
}

/** `said`: what is wrong with single steps, by step. It stands below their texts. */
function placesOf(rows: readonly Row[], columns: readonly Column[], said: ReadonlyMap<number, string>): Places {
  const names = columns.flat();
  const longestOf = longestTexts(rows, names, said);
  const xOf = new Map<string, number>();
  let x = GUTTER + 8;
  for (const column of columns) {
    for (const name of column) xOf.set(name, x);
    const longest = Math.max(...column.map((name) => longestOf.get(name) ?? 0));
    // Beside the last lane nothing begins that a long text could run into.
    const width = column === columns.at(-1) ? longest : Math.min(MOST_CHARACTERS, longest);
    x += INDENT + width * CHARACTER + 14;
  }
  return { names, xOf, width: x };
}

/** The longest text in each lane, in characters. In one pass: a run by the clock has hundreds of lanes and thousands of rows. */
function longestTexts(
  rows: readonly Row[],
  names: readonly string[],
  said: ReadonlyMap<number, string>,
): ReadonlyMap<string, number> {
  const longest = new Map(names.map((name) => [name, [...name].length]));
  const measure = (name: string | undefined, text: string): void => {
    const before = name === undefined ? undefined : longest.get(name);
    if (name !== undefined && before !== undefined) longest.set(name, Math.max(before, [...text].length));
  };
  for (const row of rows) {
    if (longest.has(row.actor)) {
      measure(row.actor, row.text);
      if (row.effect) measure(row.effect.lane, row.effect.text);
      if (row.effect) measure(row.effect.lane, said.get(row.step) ?? '');
    } else measure(placeOfScenario(row) || names.at(-1), sayOfScenario(row));
    for (const note of row.notes) measure(note.actor, note.text);
  }
  return longest;
}

interface Placed {
  readonly steps: readonly number[];
  readonly mark: Mark;
}

function withSwap(placed: Placed, swap: Conflict | undefined): Placed {
  const swapped = placed.steps.some((step) => step === swap?.first || step === swap?.second);
  return swapped ? { ...placed, mark: { ...placed.mark, swapped } } : placed;
}

function marksOf(
  rows: readonly Row[],
  places: Places,
  said: ReadonlyMap<number, string>,
  runUp: readonly Row[],
): readonly Placed[] {
  const placed: Placed[] = [];
  let atMs = 0;
  const nextY = () => HEADER + placed.length * ROW + ROW / 2;
  if (runUp.length > 0) placed.push({ steps: runUp.map(({ step }) => step), mark: plain(sayRunUp(runUp), nextY()) });
  for (const { kind, rows: folded } of foldRows(rows)) {
    const [first] = folded;
    if (first.atMs !== atMs) placed.push({ steps: [], mark: plain(`at ${duration(first.atMs)}`, nextY()) });
    atMs = first.atMs;
    if (kind === 'left-out') placed.push({ steps: [], mark: plain(`… ${folded.length} steps …`, nextY()) });
    else placed.push({ steps: folded.map(({ step }) => step), mark: markOf(folded, places, nextY(), said) });
    for (const { actor, text } of folded.flatMap(({ notes }) => notes)) {
      const x = (places.xOf.get(actor) ?? GUTTER) + INDENT;
      placed.push({
        steps: [],
        mark: {
          ...plain('', nextY()),
          texts: [{ x, text: harmless(text), tone: 'broken' }],
          broken: true,
          isNote: true,
        },
      });
    }
  }
  return placed;
}

/** A line of text between the steps. */
function plain(text: string, y: number): Mark {
  return {
    label: '',
    y,
    texts: [{ x: 8, text, tone: 'context' }],
    dots: [],
    arrows: [],
    broken: false,
    swapped: false,
  };
}

function markOf(rows: readonly Row[], places: Places, y: number, said: ReadonlyMap<number, string>): Mark {
  const [first, last] = [rows[0], rows.at(-1)];
  const label = rows.length === 1 ? String(first?.number) : `${first?.number}–${last?.number}`;
  const marks = rows.map((row) => rowMark(row, places, y, said.get(row.step)));
  return {
    label,
    y,
    texts: marks.flatMap(({ texts }) => texts),
    dots: marks.flatMap(({ dots }) => dots),
    arrows: marks.flatMap(({ arrows }) => arrows),
    broken: marks.some(({ broken }) => broken),
    swapped: false,
  };
}

function rowMark(row: Row, { xOf, names }: Places, y: number, wrong: string | undefined): Mark {
  const own = xOf.get(row.actor);
  const broken = row.kind === 'trouble' || wrong !== undefined;
  const tone = broken ? 'broken' : row.kind === 'start' ? 'context' : 'ink';
  const text = harmless(row.text);
  // The scenario has no lane beside tables, so its steps stand at the table that they read or write.
  if (own === undefined) {
    const x = xOf.get(placeOfScenario(row)) ?? xOf.get(names.at(-1) ?? '') ?? GUTTER;
    const said = harmless(sayOfScenario(row));
    return {
      label: '',
      y,
      texts: [{ x: x + INDENT, text: said, tone }],
      dots: [{ x, broken: false }],
      arrows: [],
      broken,
      swapped: false,
    };
  }
  const said: Text = { x: own + INDENT, text, tone };
  const dot = { x: own, broken };
  const queue = row.from === undefined ? undefined : xOf.get(row.from);
  const handed = queue === undefined || queue === own ? [] : [{ fromX: queue, toX: own - 7 }];
  const place = row.effect === undefined ? undefined : xOf.get(row.effect.lane);
  if (row.effect === undefined || place === undefined)
    return { label: '', y, texts: [said], dots: [dot], arrows: handed, broken, swapped: false };
  const effect: Text = { x: place + INDENT, text: harmless(row.effect.text), tone };
  // Below, and not behind: it is what the drawing is for, and the end of a long line may be out of sight.
  const judged: readonly Text[] = wrong === undefined ? [] : [{ x: place + INDENT, dy: BELOW, text: wrong, tone }];
  return {
    label: '',
    y,
    texts: [said, effect, ...judged],
    dots: [dot],
    arrows: [...handed, { fromX: own + INDENT + ([...text].length + 1) * CHARACTER, toX: place - 5 }],
    broken,
    swapped: false,
  };
}

function linesOf(
  rows: readonly Row[],
  places: Places,
  yOf: ReadonlyMap<number, number>,
  height: number,
): readonly Lane[] {
  const titled = new Set<number>();
  const sources = sourceLanesOf(rows);
  return places.names.map((name) => {
    const x = places.xOf.get(name) ?? 0;
    const isTitled = !titled.has(x);
    titled.add(x);
    const own = rows.filter(({ actor }) => actor === name).flatMap(({ step }) => yOf.get(step) ?? []);
    const isPlace = own.length === 0 || sources.has(name) || rows.some(({ effect }) => effect?.lane === name);
    if (isPlace) return { name, isTitled, kind: 'place', x, fromY: HEADER, toY: height - 4 };
    return { name, isTitled, kind: 'actor', x, fromY: Math.min(...own), toY: Math.max(...own) };
  });
}
