/**
 * The step numbers that a reader sees. Drawing and sentences use the same numbers.
 *
 * A trace counts steps before the first choice and steps that no drawing shows, so its own numbers mean nothing to a reader.
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { rowsOf } from '../draw/rows.ts';

/** The drawing's number of the step that an entry belongs to; null if the drawing leaves it out. */
export type Numbering = (entry: TraceEntry) => number | null;

/** «at step 4»; empty if the step has no number. */
export function atStep(numbering: Numbering, entry: TraceEntry): string {
  const number = numbering(entry);
  return number === null ? '' : ` at step ${number}`;
}

/** The numbers in the drawing of this trace. */
export function numberingOf(trace: Trace): Numbering {
  const numbers = new Map(rowsOf(trace).map(({ step, number }) => [step, number]));
  return ({ step }) => numbers.get(step) ?? null;
}
