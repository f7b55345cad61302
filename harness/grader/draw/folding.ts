/**
 * Leaves out of a drawing what a reader doesn't need: starts in a row become one line, the middle of a long run is counted.
 *
 * Numbers stay as they are, so that sentences about steps remain true.
 */

import type { Row } from './rows.ts';

export type Rows = readonly [Row, ...Row[]];

export interface Folded {
  readonly kind: 'row' | 'starts' | 'left-out';
  readonly rows: Rows;
}

/** So many lines fit on a screen beside the verdict. */
const MOST_LINES = 40;
/** Of a run that is too long: how much of its beginning is shown; the rest is its end, where things go wrong. */
const BEGINNING = 10;

/** Folds the rows of a trace. */
export function foldRows(rows: readonly Row[]): readonly Folded[] {
  const folded: Folded[] = [];
  for (const row of rows) {
    const last = folded.at(-1);
    if (row.kind !== 'start') folded.push({ kind: 'row', rows: [row] });
    else if (last?.kind === 'starts' && last.rows[0].atMs === row.atMs)
      folded[folded.length - 1] = { kind: 'starts', rows: [...last.rows, row] };
    else folded.push({ kind: 'starts', rows: [row] });
  }
  return shorten(folded);
}

function shorten(folded: readonly Folded[]): readonly Folded[] {
  if (folded.length <= MOST_LINES) return folded;
  const end = folded.length - (MOST_LINES - BEGINNING - 1);
  const [first, ...middle] = folded.slice(BEGINNING, end).flatMap(({ rows }) => rows);
  if (first === undefined) return folded;
  return [...folded.slice(0, BEGINNING), { kind: 'left-out', rows: [first, ...middle] }, ...folded.slice(end)];
}
