/**
 * The narrow form: the lanes as a band of dots and lines, and beside it a list that says who does what.
 *
 * Fits the width that it is given; texts break into lines, nothing is cut but words that are longer than a line.
 */

import { clip, wrap } from '../report/page.ts';
import type { LaneRow, Lanes } from './lanes.ts';
import type { Line } from './lines.ts';
import type { Sheet } from './svg.ts';
import { BROKEN, element, FONT, GREY, INK, text } from './svg-ink.ts';

const GUTTER_PX = 30;
/** The band of lanes takes this much at most, however many there are. */
const BAND_PX = 84;
const LANE_PX = 16;
const LINE_PX = 18;
const PADDING_PX = 8;

interface Entry {
  readonly line: Line;
  readonly texts: readonly { readonly words: string; readonly fill: string; readonly weight: number }[];
  readonly fromY: number;
  readonly heightPx: number;
}

interface Band {
  readonly lanes: Lanes;
  readonly x: readonly number[];
  readonly textX: number;
  readonly widthPx: number;
}

/** Draws the lines as a list of this width. */
export function drawCompact(lanes: Lanes, lines: readonly Line[], widthPx: number): Sheet {
  const lanePx = Math.min(LANE_PX, BAND_PX / Math.max(1, lanes.lanes.length));
  const x = lanes.lanes.map((_, lane) => GUTTER_PX + (lane + 0.5) * lanePx);
  const band = { lanes, x, textX: GUTTER_PX + lanes.lanes.length * lanePx + 8, widthPx };
  const entries = entriesOf(lines, band);
  const last = entries.at(-1);
  const heightPx = (last === undefined ? 0 : last.fromY + last.heightPx) + 8;
  const markup = [
    ...entries.map((entry) => drawBackground(entry, band)),
    ...lanes.lanes.map((_, lane) => drawLane(lane, entries, heightPx, band)),
    ...entries.map((entry) => drawEntry(entry, band)),
  ];
  return { widthPx, heightPx, markup: markup.join('') };
}

function entriesOf(lines: readonly Line[], band: Band): readonly Entry[] {
  const columns = Math.max(8, Math.floor((band.widthPx - band.textX) / FONT.characterPx));
  const entries: Entry[] = [];
  for (const line of lines) {
    const texts = saidIn(line, band.lanes).flatMap((said) =>
      wrap(said.words, columns).map((words) => ({ ...said, words: clip(words, columns) })),
    );
    const above = entries.at(-1);
    const fromY = above === undefined ? 4 : above.fromY + above.heightPx;
    entries.push({ line, texts, fromY, heightPx: texts.length * LINE_PX + PADDING_PX });
  }
  return entries;
}

function saidIn(line: Line, { lanes }: Lanes): Entry['texts'] {
  switch (line.kind) {
    case 'time':
      return [{ words: `· ${line.text}`, fill: GREY, weight: 400 }];
    case 'folded':
      return [{ words: `… ${line.text}`, fill: GREY, weight: 400 }];
    case 'note': {
      const words = `${lanes[line.note.lane]?.name ?? ''} ${line.note.text}`;
      return [{ words, fill: line.note.kind === 'trouble' ? BROKEN : GREY, weight: 400 }];
    }
    case 'step': {
      const { row } = line;
      const step = { words: sayStep(row, lanes[row.lane]?.name ?? ''), fill: colorOf(row), weight: 400 };
      if (row.conflict === undefined) return [step];
      return [step, { words: `◀ ${row.conflict.words}`, fill: BROKEN, weight: 600 }];
    }
  }
}

function sayStep({ label, kind, shared }: LaneRow, name: string): string {
  const left = kind === 'write' && shared !== undefined && shared.value !== null ? ` ▶ ${shared.value}` : '';
  return `${name} ${label}${left}`;
}

function colorOf(row: LaneRow): string {
  if (row.conflict !== undefined || row.kind === 'trouble') return BROKEN;
  return row.quiet ? GREY : INK;
}

/** Where the dot of an entry is: on its first line. */
function dotY({ fromY }: Entry): number {
  return fromY + (LINE_PX + PADDING_PX) / 2;
}

function drawBackground({ line, fromY, heightPx }: Entry, { widthPx }: Band): string {
  if (line.kind !== 'step' || line.row.conflict === undefined) return '';
  const size = { x: 0, y: fromY + 1, width: widthPx, height: heightPx - 2, rx: 3 };
  return element('rect', { ...size, fill: BROKEN, 'fill-opacity': 0.1 });
}

function drawLane(lane: number, entries: readonly Entry[], heightPx: number, { lanes, x }: Band): string {
  const isTable = lanes.lanes[lane]?.kind === 'table';
  const own = entries.filter(({ line }) => isIn(lane, line)).map(dotY);
  if (own.length === 0 && !isTable) return '';
  const [from, to] = isTable ? [4, heightPx - 4] : [Math.min(...own), Math.max(...own)];
  const stroke = { stroke: GREY, 'stroke-width': isTable ? 3 : 1.5, 'stroke-opacity': isTable ? 0.5 : 1 };
  return element('path', { d: `M${x[lane] ?? 0} ${from}V${to}`, fill: 'none', ...stroke });
}

function isIn(lane: number, line: Line): boolean {
  if (line.kind === 'step') return line.row.lane === lane;
  if (line.kind === 'note') return line.note.lane === lane;
  return line.kind === 'folded' && line.rows.some((row) => row.lane === lane);
}

function drawEntry(entry: Entry, band: Band): string {
  const { line, texts } = entry;
  const y = dotY(entry);
  const said = texts.map(({ words, fill, weight }, index) =>
    text(band.textX, y + index * LINE_PX, words, weight === 400 ? { fill } : { fill, 'font-weight': weight }),
  );
  return line.kind === 'step' ? drawDot(line.row, y, band) + said.join('') : said.join('');
}

function drawDot(row: LaneRow, y: number, { x }: Band): string {
  const fill = colorOf(row);
  const at = x[row.lane] ?? 0;
  const number = text(GUTTER_PX - 8, y, String(row.number), {
    fill: fill === BROKEN ? BROKEN : GREY,
    'text-anchor': 'end',
  });
  const dot = element('circle', { cx: at, cy: y, r: row.conflict === undefined ? 4 : 5.5, fill });
  if (row.shared === undefined || row.shared.lane === row.lane) return number + dot;
  const dashes = row.kind === 'read' ? { 'stroke-dasharray': '1 3' } : {};
  const reach = { d: `M${at} ${y}H${x[row.shared.lane] ?? at}`, stroke: fill === INK ? GREY : fill, ...dashes };
  return number + element('path', { ...reach, fill: 'none' }) + dot;
}
