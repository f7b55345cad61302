/**
 * Tries a failing run with two of its steps the other way round.
 *
 * In the first try everything else stays as it was, and that is a swap. In a freer try only what comes before the two steps
 * stays, and the rest of the run takes its ordinary course: that shows an order that holds, and is no swap.
 */

import type { Check } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Race, Races } from '../../simulator/kernel/recorded-run/races.ts';
import { differsInThatAlone, reversed, type StepThatCame } from './differs-in-that-alone.ts';
import { type FailingRun, stepsOf, tryRun } from './tried-run.ts';

/** `swapped`: it holds, and differs in that alone. `ordered`: it holds with the two steps in that order, and more is different. */
export type Tried = 'swapped' | 'ordered' | 'fails';

/** Whether all of these checks hold when the two steps come the other way round and all else as it was. */
export async function holdsSwapped(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  races: Races,
  race: Race,
): Promise<Tried> {
  const steps = stepsOf(failing);
  const change = reversed(race, steps, races);
  const places = change.order.map(({ place }) => place);
  const { holds, came } = await tryRun(runner, checks, { names: races.names, places, answers: failing.run.answers });
  if (!holds || !cameReversed(race, came)) return 'fails';
  if (differsInThatAlone(change, races.happensBefore, came)) return 'swapped';
  return sameFaults(steps, came) ? 'ordered' : 'fails';
}

/** Whether they hold when the two steps come the other way round, the same faults strike, and the rest takes its course. */
export async function holdsInThatOrder(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  races: Races,
  race: Race,
): Promise<boolean> {
  const steps = stepsOf(failing);
  const places = reversed(race, steps, races).order.map(({ place }) => place);
  const untilReversed = places.slice(0, places.indexOf(race.first));
  const { holds, came } = await tryRun(runner, checks, {
    names: races.names,
    places: untilReversed,
    answers: failing.run.answers,
  });
  return holds && cameReversed(race, came) && sameFaults(steps, came);
}

function cameReversed({ first, second }: Race, came: readonly StepThatCame[]): boolean {
  const [a, b] = [first, second].map((place) => came.findIndex((step) => step.place === place));
  return a !== undefined && b !== undefined && b >= 0 && b < a;
}

/** Whether the same faults struck, wherever they did. */
function sameFaults(some: readonly StepThatCame[], others: readonly StepThatCame[]): boolean {
  const [a, b] = [some, others].map((steps) =>
    steps
      .flatMap(({ faults }) => faults)
      .sort()
      .join(' '),
  );
  return a === b;
}
