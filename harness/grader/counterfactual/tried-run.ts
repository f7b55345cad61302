/**
 * Runs a failing run once more with something changed, and judges it by all checks of the scenario.
 */

import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { FaultKind } from '../../simulator/contract/fault.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { BestEffortReplay, type WantedReplay } from '../../simulator/kernel/recorded-run/best-effort-replay.ts';
import type { RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import { RecordedRun } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import type { Trace } from '../../simulator/trace.ts';
import { isFaultQuestion } from '../../simulator/world/faults.ts';
import { findingOfRun } from '../findings/run-finding.ts';
import type { StepThatCame } from './differs-in-that-alone.ts';

export interface FailingRun {
  readonly trace: Trace;
  /** The finished run with its notes. */
  readonly run: RacingRun;
}

export interface TriedRun {
  /** Whether every check holds and the run can be judged. */
  readonly holds: boolean;
  /** The steps that came, in order. */
  readonly came: readonly StepThatCame[];
}

/** Runs these steps in this order, as far as they come. A run that diverges from its schedule does not hold. */
export async function tryRun(runner: ScenarioRunner, checks: readonly Check[], steps: WantedReplay): Promise<TriedRun> {
  const choices = new BestEffortReplay(steps);
  const run = new RecordedRun(choices);
  try {
    const done = await runScenario(runner, run, 'explore').done;
    const finished = { observation: done.result ?? {}, trace: done.trace };
    const holds =
      findingOfRun(done) === null && checks.every((check) => check.kind === 'reach' || check.judge(finished) === null);
    return { holds, came: stepsOf({ trace: done.trace, run }, choices.came) };
  } catch (error) {
    if (error instanceof Divergence) return { holds: false, came: [] };
    throw error;
  }
}

/** The steps of a run, whose places in the failing run are these; by default it is the failing run itself. */
export function stepsOf(
  { trace, run }: { readonly trace: Trace; readonly run: RecordedRun },
  places: readonly number[] = [...run.steps.keys()],
): readonly StepThatCame[] {
  const faults = Map.groupBy(faultsOf(trace), ({ step }) => step);
  return places.map((place, at) => ({
    place,
    // The steps of a trace count from 1.
    faults: (faults.get(at + 1) ?? []).map(({ fault }) => fault),
    answers: (run.answers.get(at) ?? [])
      .filter(({ reason, chosen }) => chosen > 0 && !isFaultQuestion(reason))
      .map(({ reason, name }) => `${reason}: ${name}`),
  }));
}

/** The faults that struck in a run, each with its step. */
export function faultsOf(trace: Trace): readonly { readonly step: number; readonly fault: FaultKind }[] {
  return trace.flatMap(({ step, event }) => (event.kind === 'fault' ? [{ step, fault: event.fault }] : []));
}
