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

/** How many lines fit on a screen beside the verdict. */
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
  if (folded.length <= MOST_LINES) return folded;
  const isQuiet = ({ rows: few }: Folded) => parts !== undefined && few.every(parts.isQuiet);
  const isPart = ({ rows: few }: Folded) => few.some(({ step }) => parts?.roles.has(step));
  return shorten(joined(folded, 'quiet', isQuiet), isPart);
}

function shorten(folded: readonly Folded[], isPart: (item: Folded) => boolean): readonly Folded[] {
  if (folded.length <= MOST_LINES) return folded;
  const end = folded.length - (MOST_LINES - BEGINNING - 1);
  const middle = folded.slice(BEGINNING, end);
  return [...folded.slice(0, BEGINNING), ...joined(middle, 'left-out', (item) => !isPart(item)), ...folded.slice(end)];
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
