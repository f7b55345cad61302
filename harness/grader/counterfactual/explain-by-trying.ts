/**
 * Explains a failing run by a counterfactual: it holds with two of its steps in the opposite order, or with one fault less.
 *
 * It claims only what was run and judged by all checks, and no more than was changed: that two steps swapped would have saved
 * the run only of a run that differs in that alone. The sentences are made in `explain/`.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Race, type Races, racesOf } from '../../simulator/kernel/recorded-run/races.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import { numberingOf } from '../explain/numbering.ts';
import type { Conflict, Saving } from '../explain/saving.ts';
import { candidateRaces } from './candidate-races.ts';
import { savingFault } from './one-fault-less.ts';
import { holdsInThatOrder, holdsSwapped } from './swapped-race.ts';
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
  const candidates = candidateRaces(failing, races, explained.conflicts, violation);
  const saving = await whatSaves(runner, checks, failing, races, candidates);
  return saving === null ? explained : explain(failing.trace, violation, { numbering, saving });
}

/** A change that alone saves the run; if no such change was found, an order of two steps in which it holds. */
async function whatSaves(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  races: Races,
  candidates: readonly Race[],
): Promise<Saving | null> {
  let ordered: Race | undefined;
  for (const race of candidates) {
    const tried = await holdsSwapped(runner, checks, failing, races, race);
    if (tried === 'swapped') return { kind: 'swap', ...stepsOfTrace(race) };
    if (tried === 'ordered') ordered ??= race;
  }
  const fault = await savingFault(runner, checks, failing, races);
  if (fault !== null) return fault;
  for (const race of ordered === undefined ? candidates : [])
    if (await holdsInThatOrder(runner, checks, failing, races, race)) return { kind: 'order', ...stepsOfTrace(race) };
  return ordered === undefined ? null : { kind: 'order', ...stepsOfTrace(ordered) };
}

/** The steps of a trace count from 1. */
function stepsOfTrace({ first, second }: Race): Conflict {
  return { first: first + 1, second: second + 1 };
}
