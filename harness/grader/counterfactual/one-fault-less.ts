/**
 * Tries a failing run without one of its faults, one fault after the other. Nothing else may differ but what follows from it.
 */

import type { Check } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Races } from '../../simulator/kernel/recorded-run/races.ts';
import type { Saving } from '../explain/saving.ts';
import { differsInThatAlone, withoutFault } from './differs-in-that-alone.ts';
import { type FailingRun, faultsOf, stepsOf, tryRun } from './tried-run.ts';

/** The first fault of the run without which all of these checks hold; null if no fault is such. */
export async function savingFault(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  { names, happensBefore }: Pick<Races, 'names' | 'happensBefore'>,
): Promise<Saving | null> {
  const steps = stepsOf(failing);
  for (const { step, fault } of faultsOf(failing.trace)) {
    const place = step - 1;
    const change = withoutFault(place, fault, steps);
    const places = change.order.map((wanted) => wanted.place);
    const { answers } = failing.run;
    const { holds, came } = await tryRun(runner, checks, { names, places, answers, without: new Set([place]) });
    if (holds && differsInThatAlone(change, happensBefore, came)) return { kind: 'fault', step, fault };
  }
  return null;
}
