/**
 * Tries what would have saved a failing run: two of its steps the other way round, or one fault less.
 *
 * Up to the first of two swapped steps everything stays as it was; what comes after them is kept as far as possible, and if that
 * does not hold, left to its ordinary course. Nothing is claimed that was not run and judged by all checks.
 */

import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { PreferredOrder, type PreferredSteps } from '../../simulator/kernel/noted-run/preferred-order.ts';
import { type Race, type Races, type RacingRun, swapped } from '../../simulator/kernel/noted-run/races-of-run.ts';
import type { FaultKind, Trace } from '../../simulator/trace.ts';
import type { Saving } from '../explain/explain.ts';
import { findingOfRun } from '../findings/finding.ts';

export interface FailingRun {
  readonly trace: Trace;
  /** The run with its notes, over and done. */
  readonly run: RacingRun;
}

/** Whether all of these checks hold if the two come the other way round, and the same faults strike. */
export async function holdsSwapped(
  runner: ScenarioRunner,
  checks: readonly Check[],
  { run, trace }: FailingRun,
  { names, after }: Races,
  race: Race,
): Promise<boolean> {
  const places = swapped(race, after);
  const untilSwapped = places.slice(0, places.indexOf(race.first));
  for (const order of [places, untilSwapped]) {
    const { came, faults, holds } = await outcomeOf(runner, checks, { names, places: order, answers: run.answers });
    const [first, second] = [came.indexOf(race.first), came.indexOf(race.second)];
    if (holds && second >= 0 && second < first && faults === faultsOf(trace).length) return true;
  }
  return false;
}

/** The first fault of the run without which all of these checks hold; null if there is none. */
export async function savingFault(
  runner: ScenarioRunner,
  checks: readonly Check[],
  { trace, run }: FailingRun,
  { names }: Pick<Races, 'names'>,
): Promise<Saving | null> {
  const faults = faultsOf(trace);
  for (const { step, fault } of faults) {
    const place = step - 1;
    const places = [...names.keys()].filter((other) => fault !== 'deadline' || other !== place);
    const tried = await outcomeOf(runner, checks, { names, places, answers: run.answers, without: new Set([place]) });
    if (tried.holds && tried.faults < faults.length) return { kind: 'fault', step, fault };
  }
  return null;
}

interface Tried {
  readonly holds: boolean;
  readonly faults: number;
  readonly came: readonly number[];
}

async function outcomeOf(runner: ScenarioRunner, checks: readonly Check[], steps: PreferredSteps): Promise<Tried> {
  const choices = new PreferredOrder(steps);
  try {
    const done = await runScenario(runner, choices, 'explore').done;
    const run = { observation: done.result ?? {}, trace: done.trace };
    const holds =
      findingOfRun(done) === null && checks.every((check) => check.kind === 'reach' || check.judge(run) === null);
    return { holds, faults: faultsOf(done.trace).length, came: choices.came };
  } catch (error) {
    if (error instanceof Divergence) return { holds: false, faults: 0, came: [] };
    throw error;
  }
}

function faultsOf(trace: Trace): readonly { readonly step: number; readonly fault: FaultKind }[] {
  return trace.flatMap(({ step, event }) => (event.kind === 'fault' ? [{ step, fault: event.fault }] : []));
}
