/**
 * Tries a failing run with one of its races swapped: two of its steps come the other way round.
 *
 * Up to the first of the two steps everything stays as it was. What comes after them is kept as far as possible, and if the run does
 * not hold then, it is left to its ordinary course.
 */

import type { Check } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Race, type Races, reversalOf } from '../../simulator/kernel/recorded-run/races.ts';
import { type FailingRun, faultsOf, tryRun } from './tried-run.ts';

/** Whether all of these checks hold if the two come the other way round, and the same number of faults strikes. */
export async function holdsSwapped(
  runner: ScenarioRunner,
  checks: readonly Check[],
  { run, trace }: FailingRun,
  { names, happensBefore }: Races,
  race: Race,
): Promise<boolean> {
  const places = reversalOf(race, happensBefore);
  const untilSwapped = places.slice(0, places.indexOf(race.first));
  for (const order of [places, untilSwapped]) {
    const { came, faults, holds } = await tryRun(runner, checks, { names, places: order, answers: run.answers });
    const [first, second] = [came.indexOf(race.first), came.indexOf(race.second)];
    if (holds && second >= 0 && second < first && faults === faultsOf(trace).length) return true;
  }
  return false;
}
