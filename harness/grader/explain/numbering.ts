/**
 * The numbers that a reader sees: the drawing numbers the steps, sentences name the same numbers.
 *
 * Steps of a trace begin before the first choice and include what no drawing shows, so their own numbers are of no use to
 * a reader.
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';

/** The drawing's number of the step that an entry belongs to; null if the drawing leaves it out. */
export type Numbering = (entry: TraceEntry) => number | null;

/** «at step 4», or nothing where there is no number to name. */
export function atStep(numbering: Numbering, entry: TraceEntry): string {
  const number = numbering(entry);
  return number === null ? '' : ` at step ${number}`;
}

/** Counts the steps in which something happens that a reader can see, from 1. */
export function numberingOf(trace: Trace): Numbering {
  const visible = new Set(trace.filter(isVisible).map(({ step }) => step));
  const numbers = new Map([...visible].map((step, index) => [step, index + 1]));
  return ({ step }) => numbers.get(step) ?? null;
}

function isVisible({ event }: TraceEntry): boolean {
  return ['call-applied', 'timer-fired', 'fault', 'invocation-throttled'].includes(event.kind);
}
