/**
 * The run-up of a run: the steps before the scenario switches a consumer on. A drawing replaces them by one line.
 *
 * A scenario that wants several messages to wait publishes them while the consumer is off. Those steps have one order, or none that matters, and
 * their lanes would make the drawing twice as wide. A run-up of which an explanation names a step stays.
 */

import { SCENARIO } from '../../simulator/contract/trace-entry.ts';
import type { Trace } from '../../simulator/trace.ts';
import { count } from '../../words/phrases.ts';
import { partsOf, type StepsOfInterest } from './conflict-part.ts';
import type { Row } from './rows.ts';

/** A run-up that is shorter stays: its line would save nothing. */
const SHORTEST = 6;

export interface AfterRunUp {
  /** The rows that are replaced; none if there is no run-up. */
  readonly runUp: readonly Row[];
  readonly rows: readonly Row[];
}

/** Splits the rows of a run at the end of its run-up. */
export function splitRunUp(rows: readonly Row[], trace: Trace, interest: StepsOfInterest): AfterRunUp {
  const end = trace.findLast(({ actor, event }) => actor === SCENARIO && switchesOn(event))?.step ?? -1;
  const runUp = rows.filter(({ step }) => step <= end);
  const isNeeded =
    runUp.length < SHORTEST ||
    runUp.length === rows.length ||
    runUp.some(({ kind, notes }) => kind === 'trouble' || notes.length > 0) ||
    [...partsOf(interest, trace).roles.keys()].some((step) => step <= end) ||
    namedNumbers(interest).some((number) => number <= runUp.length);
  return isNeeded ? { runUp: [], rows } : { runUp, rows: rows.slice(runUp.length) };
}

/** «… 22 steps until the consumer is switched on …». */
export function sayRunUp(runUp: readonly Row[]): string {
  return `… ${count(runUp.length, 'step')} until the consumer is switched on …`;
}

function switchesOn(event: Trace[number]['event']): boolean {
  if (event.kind !== 'call-applied' || event.operation !== 'UpdateEventSourceMapping') return false;
  const { input } = event;
  return typeof input === 'object' && input !== null && 'Enabled' in input && input.Enabled === true;
}

/** The numbers of the steps that an explanation names: «at step 4», «(step 7)». */
function namedNumbers({ because = [] }: StepsOfInterest): readonly number[] {
  return because.flatMap((sentence) => [...sentence.matchAll(/\bsteps? (\d+)/g)].map(([, number]) => Number(number)));
}
