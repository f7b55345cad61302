/**
 * Explains a failing run by a counterfactual: it holds with two of its steps in the opposite order, or with one fault less.
 *
 * It claims only what was run and judged by all checks. Only steps that race can change their order, so only races are swapped.
 * The sentences are made in `explain/`.
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

/** A run with more steps than this is explained without any trying. */
const MOST_STEPS = 1_000;

/** The explanation, with the counterfactual if one was found. */
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
