/**
 * Grading up to the first task that fails: how far to explore, and which checks have a result then.
 *
 * Scenarios are read in their order. The answer depends on that order alone, not on which of them was explored sooner.
 */

import type { Check, Lab } from '../course/lab.ts';
import { isBroken, type Judged } from './judgement/judge.ts';

/**
 * A function that takes the explored scenarios in the lab's order, and returns true at the one at which no scenario behind it has a check of an
 * earlier task than the earliest that has failed.
 */
export function explorationsUntilFailure(lab: Lab): (judged: Judged) => boolean {
  const behind = new Set(lab.scenarios.map(({ name }) => name));
  let failing = Number.POSITIVE_INFINITY;
  return ({ scenario, exploration }) => {
    behind.delete(scenario.name);
    const broken = exploration.checks.filter(isBroken).map(({ check }) => check);
    failing = Math.min(failing, earliestTask(broken));
    return failing <= earliestTask(lab.checks.filter((check) => behind.has(check.scenario)));
  };
}

/** The lab as far as it was explored: without the checks of other scenarios. */
export function withoutUnexplored(lab: Lab, judged: readonly Judged[]): Lab {
  const explored = new Set(judged.map(({ scenario }) => scenario.name));
  return { ...lab, checks: lab.checks.filter(({ scenario }) => explored.has(scenario)) };
}

function earliestTask(checks: readonly Check[]): number {
  return Math.min(...checks.map(({ task }) => task));
}
