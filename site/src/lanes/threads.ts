/**
 * The thread of a violated check through a drawing: on the lane of what was harmed, from the first step that harmed it, or that is
 * undone, to the last.
 *
 * It joins the steps that an explanation has marked and finds none of its own.
 */

import type { Row } from '../../../harness/grader/draw/rows.ts';
import type { MarkedStep } from '../../../harness/grader/result.ts';

/** A line down one lane. */
export interface Thread {
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
}

/** Where steps and lanes are in the drawing, in pixels. */
export interface Positions {
  readonly xOf: ReadonlyMap<string, number>;
  readonly yOf: ReadonlyMap<number, number>;
}

/** From a stale read to the step that is wrong because of it, and from the first harm to the last. */
export function threadsOf(
  rows: readonly Row[],
  marked: readonly MarkedStep[],
  { xOf, yOf }: Positions,
): readonly Thread[] {
  const rowOf = new Map(rows.map((row) => [row.step, row]));
  const placeOf = (step: number) => rowOf.get(step)?.effect?.lane ?? rowOf.get(step)?.actor ?? '';
  const line = (lane: string, from: number | undefined, to: number): readonly Thread[] => {
    const [x, fromY, toY] = [xOf.get(lane), from === undefined ? undefined : yOf.get(from), yOf.get(to)];
    return x === undefined || fromY === undefined || toY === undefined || fromY === toY ? [] : [{ x, fromY, toY }];
  };
  // A crowd is on the lane of what is crowded, a stale read on the lane of its reader.
  const stale = marked.flatMap(({ kind, step, since }) =>
    line(kind === 'crowds' ? placeOf(step) : (rowOf.get(step)?.actor ?? ''), since, step),
  );
  const erased = marked.flatMap((mark) =>
    mark.kind === 'erases' ? line(placeOf(mark.step), lastWriteBefore(rows, mark.step, mark.whose), mark.step) : [],
  );
  const repeated = marked.filter(({ kind }) => kind === 'repeats').map(({ step }) => step);
  const [first, last] = [repeated[0], repeated.at(-1)];
  const again = last === undefined || placeOf(last) !== placeOf(first ?? last) ? [] : line(placeOf(last), first, last);
  return [...stale, ...erased, ...again];
}

/** The write of an actor that a later step has erased. */
function lastWriteBefore(rows: readonly Row[], step: number, whose: string): number | undefined {
  const lane = rows.find((row) => row.step === step)?.effect?.lane;
  return rows.findLast((row) => row.step < step && row.actor === whose && row.effect?.lane === lane)?.step;
}
