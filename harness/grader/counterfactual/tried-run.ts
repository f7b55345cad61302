/**
 * Runs a failing run once more with something changed, and judges it by all checks of the scenario.
 */

import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { FaultKind } from '../../simulator/contract/fault.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { BestEffortReplay, type WantedReplay } from '../../simulator/kernel/recorded-run/best-effort-replay.ts';
import type { RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import type { Trace } from '../../simulator/trace.ts';
import { findingOfRun } from '../findings/run-finding.ts';

export interface FailingRun {
  readonly trace: Trace;
  /** The finished run with its notes. */
  readonly run: RacingRun;
}

export interface TriedRun {
  /** Whether every check holds and the run can be judged. */
  readonly holds: boolean;
  /** How many faults struck. */
  readonly faults: number;
  /** The places of the steps that came, in order. A step that the failing run does not have gets a place after its last. */
  readonly came: readonly number[];
}

/** Runs these steps in this order, as far as they come. A run that diverges from its schedule does not hold. */
export async function tryRun(runner: ScenarioRunner, checks: readonly Check[], steps: WantedReplay): Promise<TriedRun> {
  const choices = new BestEffortReplay(steps);
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

/** The faults that struck in a run, each with its step. */
export function faultsOf(trace: Trace): readonly { readonly step: number; readonly fault: FaultKind }[] {
  return trace.flatMap(({ step, event }) => (event.kind === 'fault' ? [{ step, fault: event.fault }] : []));
}
