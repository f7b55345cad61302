/**
 * The wide form: a lane per column, a line per step, time downwards.
 *
 * As wide as its texts; whoever shows it lets it scroll where it doesn't fit.
 */

import type { LaneRow, Lanes } from './lanes.ts';
import type { Line } from './lines.ts';
import type { Sheet } from './svg.ts';
import { arrow, BROKEN, element, FONT, GREY, INK, text } from './svg-ink.ts';

const GUTTER_PX = 44;
const HEADER_PX = 38;
const LINE_PX = 28;
/** From a lane's line to its texts. */
const INDENT_PX = 14;
/** Where lines between the steps begin: right of the first lane, as texts in it do. */
const BETWEEN_PX = GUTTER_PX + 8 + INDENT_PX;
/** Between the end of a text and the next lane. */
const GAP_PX = 18;

interface Grid {
  readonly lanes: Lanes;
  readonly lines: readonly Line[];
  /** By lane. */
  readonly x: readonly number[];
  readonly marksX: number;
  readonly widthPx: number;
}

/** Draws the lines on a grid of lanes. */
export function drawWide(lanes: Lanes, lines: readonly Line[]): Sheet {
  const grid = gridOf(lanes, lines);
  const heightPx = HEADER_PX + lines.length * LINE_PX + 8;
  const bands = lines.map((line, index) => drawBand(line, yOf(index), grid));
  const lifelines = lanes.lanes.map((_, lane) => drawLane(lane, heightPx, grid));
  const steps = lines.map((line, index) => drawLine(line, yOf(index), grid));
  return { widthPx: grid.widthPx, heightPx, markup: [...bands, ...lifelines, drawGap(grid), ...steps].join('') };
}

function yOf(index: number): number {
  return HEADER_PX + index * LINE_PX + LINE_PX / 2;
}

function gridOf(lanes: Lanes, lines: readonly Line[]): Grid {
  const x: number[] = [];
  let right = GUTTER_PX + 8;
  lanes.lanes.forEach(({ name }, lane) => {
    x.push(right);
    const longest = Math.max(
      ...[name, ...lines.flatMap((line) => textsIn(lane, line))].map((words) => [...words].length),
    );
    right += INDENT_PX + longest * FONT.characterPx + GAP_PX;
  });
  const marks = lines.flatMap((line) => (line.kind === 'step' && line.row.conflict ? [markOf(line.row)] : []));
  const marksPx = Math.max(0, ...marks.map((mark) => [...mark].length)) * FONT.characterPx;
  const between = lines.flatMap((line) =>
    line.kind === 'folded' || line.kind === 'time' ? [line.text.length + 4] : [],
  );
  const widthPx = Math.max(right + marksPx, BETWEEN_PX + Math.max(0, ...between) * FONT.characterPx);
  return { lanes, lines, x, marksX: right, widthPx };
}

/** The texts that a line has in a lane. */
function textsIn(lane: number, line: Line): readonly string[] {
  if (line.kind === 'note') return line.note.lane === lane ? [line.note.text] : [];
  if (line.kind !== 'step') return [];
  const { row } = line;
  return [...(row.lane === lane ? [row.label] : []), ...(row.shared?.lane === lane ? [valueAt(row) ?? ''] : [])];
}

/** What stands at the table: what a write left, or what a refused one met. A read has it in its label. */
function valueAt({ kind, shared, lane }: LaneRow): string | null {
  return shared === undefined || shared.lane === lane || kind === 'read' ? null : shared.value;
}

function markOf({ conflict }: LaneRow): string {
  return conflict === undefined ? '' : `◀ ${conflict.words}`;
}

function drawBand(line: Line, y: number, { widthPx }: Grid): string {
  if (line.kind !== 'step' || line.row.conflict === undefined) return '';
  const size = { x: 0, y: y - LINE_PX / 2 + 1, width: widthPx, height: LINE_PX - 2, rx: 3 };
  return element('rect', { ...size, fill: BROKEN, 'fill-opacity': 0.1 });
}

/** From the start of an invocation to its end; a table is there all the time. */
function drawLane(lane: number, heightPx: number, { lanes, lines, x }: Grid): string {
  const { name, kind } = lanes.lanes[lane] ?? { name: '', kind: 'table' };
  const at = x[lane] ?? 0;
  const own = lines.flatMap((line, index) => (isIn(lane, line) ? [yOf(index)] : []));
  const isTable = kind === 'table';
  const [from, to] = isTable ? [HEADER_PX - 6, heightPx - 4] : [Math.min(...own), Math.max(...own)];
  const head = text(at - 5, 18, name, { 'font-weight': 600 });
  if (own.length === 0 && !isTable) return head;
  const stroke = { stroke: GREY, 'stroke-width': isTable ? 3 : 1.5, 'stroke-opacity': isTable ? 0.5 : 1 };
  return head + element('path', { d: `M${at} ${from}V${to}`, fill: 'none', ...stroke });
}

function isIn(lane: number, line: Line): boolean {
  if (line.kind === 'step') return line.row.lane === lane;
  if (line.kind === 'note') return line.note.lane === lane;
  return line.kind === 'folded' && line.rows.some((row) => row.lane === lane);
}

/** From the read that goes stale to the write that is made of it: the time in which somebody else wrote. */
function drawGap({ lines, x }: Grid): string {
  const at = (role: 'first' | 'damage', lane?: number) =>
    lines.findIndex(
      (line) =>
        line.kind === 'step' && line.row.conflict?.role === role && (lane === undefined || line.row.lane === lane),
    );
  const first = lines[at('first')];
  if (first?.kind !== 'step') return '';
  const [from, to] = [at('first'), at('damage', first.row.lane)];
  if (to < from) return '';
  const d = `M${x[first.row.lane] ?? 0} ${yOf(from)}V${yOf(to)}`;
  return element('path', { d, fill: 'none', stroke: BROKEN, 'stroke-width': 3, 'stroke-dasharray': '2 4' });
}

function drawLine(line: Line, y: number, grid: Grid): string {
  switch (line.kind) {
    case 'time':
      return text(BETWEEN_PX, y, `· ${line.text}`, { fill: GREY });
    case 'folded':
      return text(BETWEEN_PX, y, `… ${line.text}`, { fill: GREY });
    case 'note': {
      const x = (grid.x[line.note.lane] ?? 0) + INDENT_PX;
      return text(x, y, line.note.text, { fill: line.note.kind === 'trouble' ? BROKEN : GREY });
    }
    case 'step':
      return drawStep(line.row, y, grid);
  }
}

function drawStep(row: LaneRow, y: number, grid: Grid): string {
  const x = grid.x[row.lane] ?? 0;
  const isBroken = row.conflict !== undefined || row.kind === 'trouble';
  const fill = isBroken ? BROKEN : row.quiet ? GREY : INK;
  const parts = [
    text(GUTTER_PX - 10, y, String(row.number), { fill: isBroken ? BROKEN : GREY, 'text-anchor': 'end' }),
    drawReach(row, y, fill, grid),
    element('circle', { cx: x, cy: y, r: row.conflict === undefined ? 4.5 : 6, fill }),
    text(x + INDENT_PX, y, row.label, { fill }),
    row.conflict === undefined ? '' : text(grid.marksX, y, markOf(row), { fill: BROKEN, 'font-weight': 600 }),
  ];
  return parts.join('');
}

/** The line between an invocation and the table: out for a write, back for a read, ending in a cross if refused. */
function drawReach(row: LaneRow, y: number, color: string, { x }: Grid): string {
  const { shared, lane, label, kind } = row;
  if (shared === undefined || shared.lane === lane) return '';
  const near = (x[lane] ?? 0) + INDENT_PX + ([...label].length + 0.5) * FONT.characterPx;
  const far = (x[shared.lane] ?? 0) - 4;
  const stroke = color === INK ? GREY : color;
  if (kind === 'read') return arrow(far, near, y, 'arrow', stroke, '1 3');
  const value = valueAt(row);
  const said = value === null ? '' : text(far + 4 + INDENT_PX, y, value, { fill: color });
  return arrow(near, far, y, kind === 'trouble' ? 'cross' : 'arrow', stroke) + said;
}
