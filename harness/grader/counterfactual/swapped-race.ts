/**
 * Tries a failing run with one of its races swapped: the two steps come in the opposite order.
 *
 * Up to the first of the two steps nothing changes, and the steps after them are kept as far as possible. If that run does not
 * hold, a second one takes its ordinary course after the swap.
 */

import type { Check } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Race, type Races, reversalOf } from '../../simulator/kernel/recorded-run/races.ts';
import { type FailingRun, faultsOf, tryRun } from './tried-run.ts';

/** Whether all of these checks hold when the two steps are swapped and the same number of faults strikes. */
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
