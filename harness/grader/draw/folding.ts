/**
 * Leaves out of a drawing what a reader doesn't need: starts in a row become one line; of a run that is too long, quiet
 * steps are counted, then its middle, and never a step of the conflict.
 *
 * Numbers stay as they are, so that sentences about steps remain true.
 */

import type { Parts } from './conflict-part.ts';
import type { Row } from './rows.ts';

export type Rows = readonly [Row, ...Row[]];

export interface Folded {
  /** `quiet`: what others do, and what comes when the damage is done. `left-out`: too much in the middle. */
  readonly kind: 'row' | 'starts' | 'quiet' | 'left-out';
  readonly rows: Rows;
}

/** So many lines fit on a screen beside the verdict. */
const MOST_LINES = 40;
/** Of a run that is too long: how much of its beginning is shown; the rest is its end, where things go wrong. */
const BEGINNING = 10;

/** Folds the rows of a trace. Without the conflict's parts, no step is quiet and the middle goes as a whole. */
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

/** Makes one item of neighbours that may go. One alone stays: to count it would save nothing. */
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
