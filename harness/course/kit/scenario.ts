/**
 * A scenario as a lab writes it: what the grader needs, and the type of what it hands to its checks.
 *
 * That type is declared once, as the promise of `run`. A check names its scenario by this object and gets its type from it
 * (`check.ts`), so a check can't be written for another scenario's run.
 */

import type { Scenario, ScenarioContext } from '../lab.ts';
import type { Plan } from './plans.ts';

export interface LabScenario<Run extends object> extends Omit<Scenario, 'explore' | 'run'> {
  /** How many of its schedules are tried, and which: see `plans.ts`. */
  readonly plan: Plan;
  /** Runs until nothing is left to happen, and resolves to plain data: what the checks see. */
  run(context: ScenarioContext): Promise<Run>;
}

/** The plan of a scenario as the grader has it. */
export function planOf({ explore }: Scenario): Plan {
  return explore;
}

/** The scenario as the grader reads it. */
export function forGrader({ plan, ...scenario }: LabScenario<object>): Scenario {
  // An interface has no index signature, so TypeScript doesn't take it for the record of unknowns that an observation is to
  // the grader. Checks don't lose by it: each was tied to its scenario's type where it was made.
  return { ...scenario, explore: plan, run: scenario.run as Scenario['run'] };
}
