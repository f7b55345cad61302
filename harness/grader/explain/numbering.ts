/**
 * The numbers that a reader sees: the drawing numbers the steps, sentences name the same numbers.
 *
 * Steps of a trace begin before the first choice and include what no drawing shows, so their own numbers are of no use to
 * a reader.
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { rowsOf } from '../draw/rows.ts';

/** The drawing's number of the step that an entry belongs to; null if the drawing leaves it out. */
export type Numbering = (entry: TraceEntry) => number | null;

/** «at step 4», or nothing where there is no number to name. */
export function atStep(numbering: Numbering, entry: TraceEntry): string {
  const number = numbering(entry);
  return number === null ? '' : ` at step ${number}`;
}

/** The numbers that the drawing of this trace gives out. */
export function numberingOf(trace: Trace): Numbering {
  const numbers = new Map(rowsOf(trace).map(({ step, number }) => [step, number]));
  return ({ step }) => numbers.get(step) ?? null;
}
