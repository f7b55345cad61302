/**
 * Draws a trace as swim-lanes for the terminal: one lane per invocation and table, one line per step, time downwards.
 *
 * The plain text says everything without colour. If the lanes do not fit the page, the same rows become a list that begins each
 * line with the actor's name.
 */

import type { Trace } from '../../simulator/trace.ts';
import { count, duration, list } from '../../words/phrases.ts';
import type { Page } from '../report/page.ts';
import { clip, pad, paint } from '../report/page.ts';
import { type Parts, partsOf, type StepsOfInterest } from './conflict-part.ts';
import { type Folded, foldRows } from './folding.ts';
import { lanesOf, placeOfScenario, sayOfScenario, shortNames } from './lanes.ts';
import { oneLine } from './one-line.ts';
import { type Row, rowsOf } from './rows.ts';
import { sayRunUp, splitRunUp } from './run-up.ts';

const GUTTER = 6;
const NARROWEST = 10;
const WIDEST = 28;
/** The space between two lanes, in columns. */
const GAP = 2;
/** The sign at the two steps that, the other way round, would have saved the run. */
const SWAP = '⇅';

interface Sheet {
  readonly page: Page;
  /** Actors and `table …`, from left to right. */
  readonly lanes: readonly string[];
  /** The column in which each lane begins, counted from the gutter. */
  readonly starts: readonly number[];
  /** By step: the possible marks at the end of the line, of which the first that fits is used. */
  readonly marks: ReadonlyMap<number, readonly string[]>;
  /** The steps of the pair that, the other way round, would have saved the run. */
  readonly swap: readonly number[];
}

/** The drawing, line by line, each at most as wide as the page. The pair of a swap is marked in the gutter. */
export function drawTrace(trace: Trace, page: Page, interest: StepsOfInterest = {}): readonly string[] {
  const { swap } = interest;
  const { runUp, rows } = splitRunUp(rowsOf(trace).map(onOneLine), trace, interest);
  if (rows.length === 0) return [];
  const parts = partsOf(interest, trace);
  const lanes = lanesOf(rows);
  const widths = widthsOf(lanes, rows, page.columns - GUTTER);
  const sheet: Sheet = {
    page,
    lanes,
    starts: startsOf(widths),
    marks: marksOf(parts),
    swap: swap === undefined ? [] : [swap.first, swap.second],
  };
  const folded = foldRows(rows, parts);
  if (sum(widths) > page.columns - GUTTER + GAP) return [...runUpLine(runUp, page), ...drawList(folded, sheet)];
  const [header = '', ...lines] = drawLanes(folded, sheet);
  return [header, ...runUpLine(runUp, page), ...lines];
}

function runUpLine(runUp: readonly Row[], page: Page): readonly string[] {
  return runUp.length === 0 ? [] : [paint(page, 'context', `${' '.repeat(GUTTER)}${sayRunUp(runUp)}`)];
}

/** Texts and names from a learner's code or template, without characters that would break a line or repaint the terminal. */
function onOneLine(row: Row): Row {
  const { effect } = row;
  return {
    ...row,
    actor: oneLine(row.actor),
    text: oneLine(row.text),
    notes: row.notes.map(({ actor, text }) => ({ actor: oneLine(actor), text: oneLine(text) })),
    ...(row.sources === undefined ? {} : { sources: row.sources.map((lane) => oneLine(lane)) }),
    ...(effect === undefined
      ? {}
      : { effect: { ...effect, lane: oneLine(effect.lane, 255), text: oneLine(effect.text) } }),
  };
}

/** Each lane is as wide as its content. If that is too wide for the page, the widest lanes shrink. */
function widthsOf(lanes: readonly string[], rows: readonly Row[], room: number): readonly number[] {
  const widths = lanes.map((lane) => {
    const own = rows.flatMap((row) => {
      if (row.effect?.lane === lane) return [row.effect.text];
      const notes = row.kind === 'start' && row.actor === lane ? row.notes.map(({ text }) => text) : [];
      const owner = lanes.includes(row.actor) ? row.actor : lanes.at(-1);
      return owner === lane && row.effect === undefined ? [row.text, ...notes] : [];
    });
    return Math.min(WIDEST, Math.max(...[lane, ...own].map((text) => [...text].length)) + GAP);
  });
  while (sum(widths) > room && Math.max(...widths) > NARROWEST)
    widths[widths.indexOf(Math.max(...widths))] = Math.max(...widths) - 1;
  return widths;
}

function startsOf(widths: readonly number[]): readonly number[] {
  return widths.map((_, index) => sum(widths.slice(0, index)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

/** Marks the steps that are wrong. The sentences below the drawing name the steps that led to them. */
function marksOf({ roles }: Parts): Sheet['marks'] {
  return new Map(
    [...roles].flatMap(([step, part]) =>
      part.role === 'damage' ? [[step, part.words.map((words) => `◀ ${words}`)] as const] : [],
    ),
  );
}

function drawLanes(folded: readonly Folded[], sheet: Sheet): readonly string[] {
  const header = place(shortNames(sheet.lanes, roomsOf(sheet)), sheet);
  const lines = [paint(sheet.page, 'strong', `${' '.repeat(GUTTER)}${header}`)];
  let atMs = 0;
  for (const item of folded) {
    const at = item.rows[0].atMs;
    lines.push(...timeLine(atMs, at, sheet), ...drawFolded(item, sheet));
    atMs = at;
  }
  return lines;
}

/** The time, where it has moved. */
function timeLine(beforeMs: number, atMs: number, { page }: Sheet): readonly string[] {
  return beforeMs === atMs ? [] : [paint(page, 'context', `${' '.repeat(GUTTER)}· at ${duration(atMs)}`)];
}

function drawFolded(item: Folded, sheet: Sheet): readonly string[] {
  const [row] = item.rows;
  switch (item.kind) {
    case 'starts':
      return [line(item, starting(item.rows, sheet), 'context', sheet), ...notesOfStarts(item.rows, sheet)];
    case 'quiet':
      return [
        paint(sheet.page, 'context', `${' '.repeat(GUTTER)}${clip(sayQuiet(item.rows), sheet.page.columns - GUTTER)}`),
      ];
    case 'left-out':
      return [paint(sheet.page, 'context', `${' '.repeat(GUTTER)}… ${item.rows.length} steps …`)];
    case 'row':
      return [
        line(item, content(row, sheet), row.kind === 'trouble' ? 'broken' : null, sheet),
        ...noteLines(row, sheet),
      ];
  }
}

/** «… 3 further steps of bump#3 …». */
function sayQuiet(rows: readonly Row[]): string {
  const actors = [...new Set(rows.map(({ actor }) => actor))];
  const who = actors.length > 3 ? count(actors.length, 'invocation') : list(actors);
  return `… ${count(rows.length, 'further step')} of ${who} …`;
}

/**
 * Builds a line: the number in the gutter, the content in the lanes, the mark at the end. The content leaves room for the mark.
 */
function line(item: Folded, text: string, tone: 'context' | 'broken' | null, sheet: Sheet): string {
  const { page } = sheet;
  const gutter = pad(numbersOf(item, sheet), GUTTER);
  const room = page.columns - GUTTER;
  const marks = sheet.marks.get(item.rows[0].step) ?? [];
  const left = room - [...clip(text, room)].length - GAP;
  const mark = marks.find((candidate) => [...candidate].length <= left) ?? marks.at(-1);
  const shown = clip(text, mark === undefined ? room : room - GAP - [...mark].length);
  const body = tone === null ? shown : paint(page, tone, shown);
  return `${paint(page, 'context', gutter)}${body}${mark === undefined ? '' : `  ${paint(page, 'broken', mark)}`}`;
}

/** The step numbers: «5», «1–3»; with a sign if the step belongs to the pair whose order made the difference. */
function numbersOf({ rows }: Folded, { swap }: Sheet): string {
  const first = rows[0].number;
  const last = rows.at(-1)?.number ?? first;
  const numbers = first === last ? String(first) : `${first}–${last}`;
  const marked = rows.some(({ step }) => swap.includes(step)) ? `${numbers} ${SWAP}` : numbers;
  return [...marked].length < GUTTER ? marked : numbers;
}

function starting(rows: readonly Row[], sheet: Sheet): string {
  const actors = new Set(rows.map(({ actor }) => actor));
  return place(
    sheet.lanes.map((lane) => (actors.has(lane) ? 'starts' : '')),
    sheet,
  );
}

/** One text per lane. Each begins where its lane begins and is cut where the next text begins. */
function place(texts: readonly string[], sheet: Sheet): string {
  const rooms = roomsOf(sheet);
  return texts
    .map((text, index) => {
      const room = rooms[index] ?? 0;
      return pad(clip(text, room), room + GAP);
    })
    .join('')
    .trimEnd();
}

/** How many characters each lane has before the gap to the next one. */
function roomsOf({ starts, page }: Sheet): readonly number[] {
  const ends = [...starts.slice(1), page.columns - GUTTER + GAP];
  return starts.map((start, index) => (ends[index] ?? 0) - start - GAP);
}

/** The text of one row in its lane. A write reaches over to the lane of its table. */
function content(row: Row, { lanes, starts }: Sheet): string {
  const { text } = row;
  const own = lanes.indexOf(row.actor);
  if (own < 0) return `${' '.repeat(starts.at(lanes.indexOf(placeOfScenario(row))) ?? 0)}${sayOfScenario(row)}`;
  const column = starts.at(own) ?? 0;
  if (row.effect === undefined) return `${' '.repeat(column)}${text}`;
  const target = starts[lanes.indexOf(row.effect.lane)] ?? 0;
  const left = `${' '.repeat(column)}${text} `;
  const arrow = '─'.repeat(Math.max(1, target - [...left].length - 2));
  return `${left}${arrow}▶ ${row.effect.text}`;
}

/** Joins the notes of several starts on one line, each in its lane. */
function notesOfStarts(rows: readonly Row[], sheet: Sheet): readonly string[] {
  const notes = rows.flatMap((row) => row.notes);
  if (notes.length === 0) return [];
  const texts = sheet.lanes.map((lane) => notes.find(({ actor }) => actor === lane)?.text ?? '');
  return [`${' '.repeat(GUTTER)}${paint(sheet.page, 'broken', place(texts, sheet))}`];
}

function noteLines(row: Row, sheet: Sheet): readonly string[] {
  return row.notes.map(({ actor, text }) => {
    const column = sheet.starts[sheet.lanes.indexOf(actor)] ?? 0;
    const shown = clip(`${' '.repeat(column)}${text}`, sheet.page.columns - GUTTER);
    return `${' '.repeat(GUTTER)}${paint(sheet.page, 'broken', shown)}`;
  });
}

/** Draws without lanes: each line begins with the actor. */
function drawList(folded: readonly Folded[], sheet: Sheet): readonly string[] {
  const width = Math.max(...sheet.lanes.map((lane) => [...lane].length));
  let atMs = 0;
  return folded.flatMap((item) => {
    const beforeMs = atMs;
    atMs = item.rows[0].atMs;
    const time = timeLine(beforeMs, atMs, sheet);
    if (item.kind === 'left-out' || item.kind === 'quiet') return [...time, ...drawFolded(item, sheet)];
    const lines = item.rows.flatMap((row) => {
      const effect = row.effect === undefined ? '' : ` ──▶ ${row.effect.text}`;
      const said = `${pad(row.actor, width)}  ${row.text}${effect}`;
      const single: Folded = { kind: 'row', rows: [row] };
      const notes = row.notes.map(
        ({ actor, text }) =>
          `${' '.repeat(GUTTER)}${paint(sheet.page, 'broken', clip(`${pad(actor, width)}  ${text}`, sheet.page.columns - GUTTER))}`,
      );
      return [line(single, said, row.kind === 'trouble' ? 'broken' : null, sheet), ...notes];
    });
    return [...time, ...lines];
  });
}
