/**
 * Decides which lanes share a column if a drawing would be too wide for a page: invocations of one function that come one after the other.
 *
 * The first lane of a column has its name at the top, the others where they begin. Knows no pixels.
 */

import { lanesOf } from '../../../harness/grader/draw/lanes.ts';
import type { Row } from '../../../harness/grader/draw/rows.ts';

/** One column, with its lanes in the order of time. */
export type Column = readonly [string, ...string[]];

/** A column for each lane. */
export function oneEach(rows: readonly Row[]): readonly Column[] {
  return lanesOf(rows).map((name) => [name]);
}

/** For each function as many columns as its invocations overlap at most; queues, downstreams and tables keep their own. */
export function shared(rows: readonly Row[]): readonly Column[] {
  const columns: { names: [string, ...string[]]; until: number }[] = [];
  const first = (name: string) => rows.findIndex((row) => isIn(row, name));
  const last = (name: string) => rows.findLastIndex((row) => isIn(row, name));
  const names = lanesOf(rows);
  const byBeginning = names.filter(isInvocation).sort((a, b) => first(a) - first(b));
  for (const name of byBeginning) {
    const free = columns.find(({ names: [top], until }) => functionOf(top) === functionOf(name) && until < first(name));
    if (free === undefined) columns.push({ names: [name], until: last(name) });
    else {
      free.names.push(name);
      free.until = last(name);
    }
  }
  const at = names.findIndex(isInvocation);
  const others = (few: readonly string[]) => few.filter((name) => !isInvocation(name)).map((name): Column => [name]);
  if (at === -1) return others(names);
  return [...others(names.slice(0, at)), ...columns.map((column) => column.names), ...others(names.slice(at))];
}

/** The rows, in which an invocation without a name at the top is named where it begins. */
export function introduced(rows: readonly Row[], columns: readonly Column[]): readonly Row[] {
  const unnamed = new Set(columns.flatMap(([, ...later]) => later));
  return rows.map((row) => {
    if (!unnamed.delete(row.actor)) return row;
    const says = row.text.startsWith('starts: ') ? row.text.replace('starts', '') : ` ${row.text}`;
    return { ...row, text: `${row.actor}${says}` };
  });
}

function isIn({ actor, notes }: Row, name: string): boolean {
  return actor === name || notes.some((note) => note.actor === name);
}

/** The function of an invocation: `card` of «card#3». */
function functionOf(invocation: string): string {
  return invocation.slice(0, invocation.lastIndexOf('#'));
}

/** Whether a name is an invocation's: «card#3». */
function isInvocation(name: string): boolean {
  return /#\d+$/.test(name);
}
