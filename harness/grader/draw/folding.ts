/**
 * Shortens a drawing: starts in a row become one line. In a run that is too long, quiet steps are replaced by their count, then
 * the middle of the run, but never a step of the conflict.
 *
 * Step numbers do not change, so sentences about steps remain true.
 */

import type { Parts } from './conflict-part.ts';
import type { Row } from './rows.ts';

export type Rows = readonly [Row, ...Row[]];

export interface Folded {
  /** `quiet`: steps outside the conflict or after the damage. `left-out`: the middle of a run that is too long. */
  readonly kind: 'row' | 'starts' | 'quiet' | 'left-out';
  readonly rows: Rows;
}

/** How many lines fit on a screen beside the verdict. A line that says the time is one of them. */
const MOST_LINES = 40;
/** How many lines of its beginning a run that is too long keeps. The other lines show its end, where things go wrong. */
const BEGINNING = 10;

/** Folds the rows of a trace. Without the conflict's parts, no step is quiet and the whole middle is left out. */
export function foldRows(rows: readonly Row[], parts?: Parts): readonly Folded[] {
  const folded: Folded[] = [];
  for (const row of rows) {
    const last = folded.at(-1);
    if (row.kind !== 'start') folded.push({ kind: 'row', rows: [row] });
    else if (last?.kind === 'starts' && last.rows[0].atMs === row.atMs)
      folded[folded.length - 1] = { kind: 'starts', rows: [...last.rows, row] };
    else folded.push({ kind: 'starts', rows: [row] });
  }
  if (fits(folded)) return folded;
  const isQuiet = ({ rows: few }: Folded) => parts !== undefined && few.every(parts.isQuiet);
  const isPart = ({ rows: few }: Folded) => few.some(({ step }) => parts?.roles.has(step));
  return shorten(joined(folded, 'quiet', isQuiet), isPart);
}

function shorten(folded: readonly Folded[], isPart: (item: Folded) => boolean): readonly Folded[] {
  if (fits(folded)) return folded;
  const lines = linesOf(folded);
  const beginning = fitting(lines, BEGINNING);
  const end = folded.length - fitting(lines.toReversed(), MOST_LINES - BEGINNING - 1);
  const middle = folded.slice(beginning, end);
  return [...folded.slice(0, beginning), ...joined(middle, 'left-out', (item) => !isPart(item)), ...folded.slice(end)];
}

const fits = (folded: readonly Folded[]): boolean => fitting(linesOf(folded), MOST_LINES) === folded.length;

/** How many lines each item takes: its own, and one that says the time where that has moved. */
function linesOf(folded: readonly Folded[]): readonly number[] {
  const times = folded.map(({ rows }) => rows[0].atMs);
  return times.map((atMs, at) => (atMs === (times[at - 1] ?? 0) ? 1 : 2));
}

/** How many of the first items fit in so many lines. */
function fitting(lines: readonly number[], room: number): number {
  let left = room;
  const over = lines.findIndex((taken) => {
    left -= taken;
    return left < 0;
  });
  return over < 0 ? lines.length : over;
}

/** Joins neighbours that may be folded into one item. A single one stays, since counting it would save no line. */
function joined(
  folded: readonly Folded[],
  kind: 'quiet' | 'left-out',
  mayGo: (item: Folded) => boolean,
): readonly Folded[] {
  const result: Folded[] = [];
  let isOpen = false;
  for (const item of folded) {
    const last = result.at(-1);
    const goes = mayGo(item);
    if (goes && isOpen && last !== undefined) result[result.length - 1] = { kind, rows: [...last.rows, ...item.rows] };
    else result.push(item);
    isOpen = goes;
  }
  return result;
}
