/**
 * A scenario as a lab writes it: what the grader needs, and the type of what it returns to its checks.
 *
 * That type is declared once, in the return type of `run`. A check names its scenario by this object and gets the type from it
 * (`check.ts`), so a check can't be written for another scenario's run.
 */

import type { Scenario, ScenarioContext, Situation } from '../lab.ts';

export interface LabScenario<Run extends object, Begin extends Situation = Situation>
  extends Omit<Scenario, 'run' | 'situations'> {
  /** See {@link Scenario}. Each has the data that this scenario needs. */
  readonly situations?: readonly [Begin, ...Begin[]];
  /** Runs until no event is left, and resolves to plain data, which the checks see. */
  run(context: ScenarioContext, situation: Begin): Promise<Run>;
}

/** The scenario as the grader reads it. */
export function forGrader(scenario: LabScenario<object>): Scenario {
  // An interface has no index signature, so TypeScript doesn't accept it as the grader's record of unknowns. Checks lose
  // nothing by that, since each was tied to its scenario's type where it was made.
  return { ...scenario, run: scenario.run as Scenario['run'] };
}
