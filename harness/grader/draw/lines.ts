/**
 * The lines of a drawing, top to bottom: the steps, the times between them, what else was said, and what is folded.
 *
 * The same for every renderer. Knows no sizes.
 */

import { count, duration, list } from '../report/words.ts';
import type { LaneRow, Lanes } from './lanes.ts';

export type Line =
  | { readonly kind: 'step'; readonly row: LaneRow }
  | { readonly kind: 'note'; readonly row: LaneRow; readonly note: LaneRow['notes'][number] }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'folded'; readonly rows: readonly LaneRow[]; readonly text: string };

/** All lines; with `foldQuiet`, quiet steps in a row become one. A single quiet step stays: counting it would save nothing. */
export function linesOf(lanes: Lanes, foldQuiet = false): readonly Line[] {
  const lines: Line[] = [];
  for (const rows of groupsOf(lanes.rows, foldQuiet)) {
    const moved = rows.findLast(({ clockMoved }) => clockMoved);
    if (moved !== undefined) lines.push({ kind: 'time', text: `at ${duration(moved.atMs)}` });
    const [row] = rows;
    if (rows.length > 1) lines.push({ kind: 'folded', rows, text: sayFolded(rows, lanes) });
    else if (row !== undefined) {
      lines.push({ kind: 'step', row });
      for (const note of row.notes) lines.push({ kind: 'note', row, note });
    }
  }
  return lines;
}

/** «3 further steps of bump#3». */
export function sayFolded(rows: readonly LaneRow[], { lanes }: Lanes): string {
  const actors = [...new Set(rows.map(({ lane }) => lanes[lane]?.name ?? ''))];
  const who = actors.length > 3 ? count(actors.length, 'invocation') : list(actors);
  return `${count(rows.length, 'further step')} of ${who}`;
}

function groupsOf(rows: readonly LaneRow[], foldQuiet: boolean): readonly (readonly LaneRow[])[] {
  const groups: LaneRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (foldQuiet && row.quiet && last?.[0]?.quiet) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
