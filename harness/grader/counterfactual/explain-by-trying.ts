/**
 * Explains a failing run by what would have saved it: two of its steps the other way round, or one fault less.
 *
 * Nothing is claimed that was not run and judged by all checks. Only races can come the other way round, so only races are swapped.
 * The words are made in `explain/`.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Race, type Races, racesOf } from '../../simulator/kernel/recorded-run/races.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import { numberingOf } from '../explain/numbering.ts';
import type { Saving } from '../explain/saving.ts';
import { candidateRaces } from './candidate-races.ts';
import { savingFault } from './one-fault-less.ts';
import { holdsSwapped } from './swapped-race.ts';
import type { FailingRun } from './tried-run.ts';

/** A run of more steps is explained without trying anything. */
const MOST_STEPS = 1_000;

/** The explanation, with what would have saved the run if something was found. */
export async function explainByTrying(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  violation: Violation,
): Promise<Explanation> {
  const numbering = numberingOf(failing.trace);
  const explained = explain(failing.trace, violation, { numbering });
  if (failing.run.steps.length > MOST_STEPS) return explained;
  const races = racesOf(failing.run);
  const candidates = candidateRaces(failing, races, explained.conflict, violation);
  const saving = await whatSaves(runner, checks, failing, races, candidates);
  return saving === null ? explained : explain(failing.trace, violation, { numbering, saving });
}

async function whatSaves(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  races: Races,
  candidates: readonly Race[],
): Promise<Saving | null> {
  for (const race of candidates) {
    // The steps of a trace count from 1.
    if (await holdsSwapped(runner, checks, failing, races, race))
      return { kind: 'swap', first: race.first + 1, second: race.second + 1 };
  }
  return savingFault(runner, checks, failing, races);
}
