/**
 * For tests: whether a lab's specimen is there, by a hundred ordinary runs. The pages look for the shortest one.
 */

import { seeded } from '../../simulator/kernel/choices.ts';
import type { Lab } from '../lab.ts';
import type { Specimen } from './definition.ts';
import { filesOf, runsOf } from './runs-for-tests.ts';

const RUNS = 100;

/** Whether a run of the solution, or of the specimen's wrong fix, shows it. */
export async function isShown(lab: Lab, { scenario, mutant, shows }: Specimen): Promise<boolean> {
  const files = await filesOf(lab, 'solution', mutant === undefined ? undefined : `mutants/${mutant}`);
  const choices = Array.from({ length: RUNS }, (_, number) => seeded(number + 1));
  const runs = await runsOf(lab, files, scenario.name, choices);
  return runs.some(({ trace }) => shows(trace));
}
