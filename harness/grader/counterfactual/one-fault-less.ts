/**
 * Tries a failing run without one of its faults, one fault after the other.
 */

import type { Check } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Races } from '../../simulator/kernel/recorded-run/races.ts';
import type { Saving } from '../explain/saving.ts';
import { type FailingRun, faultsOf, tryRun } from './tried-run.ts';

/** The first fault of the run without which all of these checks hold; null if no fault is such. */
export async function savingFault(
  runner: ScenarioRunner,
  checks: readonly Check[],
  { trace, run }: FailingRun,
  { names }: Pick<Races, 'names'>,
): Promise<Saving | null> {
  const faults = faultsOf(trace);
  for (const { step, fault } of faults) {
    const place = step - 1;
    // A deadline that strikes is a step of its own, so it is left out. Any other fault belongs to a step, which comes without
    // it.
    const places = [...names.keys()].filter((other) => fault !== 'deadline' || other !== place);
    const tried = await tryRun(runner, checks, { names, places, answers: run.answers, without: new Set([place]) });
    if (tried.holds && tried.faults < faults.length) return { kind: 'fault', step, fault };
  }
  return null;
}
