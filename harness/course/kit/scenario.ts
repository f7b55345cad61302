/**
 * A scenario as a lab writes it: what the grader needs, and the type of what it hands to its checks.
 *
 * That type is declared once, as the promise of `run`. A check names its scenario by this object and gets its type from it
 * (`check.ts`), so a check can't be written for another scenario's run.
 */

import type { Scenario, ScenarioContext } from '../lab.ts';

export interface LabScenario<Run extends object> extends Omit<Scenario, 'run'> {
  /** Runs until nothing is left to happen, and resolves to plain data: what the checks see. */
  run(context: ScenarioContext): Promise<Run>;
}

/** The scenario as the grader reads it. */
export function forGrader(scenario: LabScenario<object>): Scenario {
  // An interface has no index signature, so TypeScript doesn't take it for the record of unknowns that an observation is to
  // the grader. Checks don't lose by it: each was tied to its scenario's type where it was made.
  return { ...scenario, run: scenario.run as Scenario['run'] };
}
