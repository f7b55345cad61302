/**
 * A first look at a submission: task by task, in a few random orders each, up to the first task that fails.
 *
 * It is for a learner who has just saved and waits. It finds most mistakes and proves nothing: a result without a failure is no
 * verdict, and says of every check that it was sampled.
 */

import type { Lab, Scenario } from '../course/lab.ts';
import type { LabResult } from '../grader/result.ts';
import { unreachable } from '../simulator/kernel/bug.ts';
import { type GradingOptions, gradeFiles } from './grading.ts';
import type { Io } from './io.ts';
import type { LearnerFiles } from './learner-files.ts';

/** The number of schedules in a scenario that would be explored exhaustively. */
const SCHEDULES = 40;
/** After so many steps of all these schedules together no further one begins: about half a second. */
const STEPS = 5_000;
/** The number of schedules in a scenario that is sampled anyway, since its runs are long. */
const LONG_SCHEDULES = 1;
const SEED = 42;

/** Takes the first look. Rejects as {@link gradeFiles} does. */
export async function lookQuickly(
  lab: Lab,
  read: LearnerFiles,
  io: Io,
  options: GradingOptions = {},
): Promise<LabResult> {
  const [first, ...others] = lab.tasks.map(({ number }) => taskOf(lab, number));
  let result = await gradeFiles(first ?? lab, read, io, options);
  for (const task of others) {
    if (result.outcome !== 'pass') break;
    result = await gradeFiles(task, read, io, options);
  }
  return result;
}

/** The lab with only this task, with short plans, and without points: what held in a few orders has earned none. */
export function taskOf(lab: Lab, task: number): Lab {
  const checks = withoutPoints(lab.checks, task);
  const scenarios = lab.scenarios.filter(({ name }) => checks.some(({ scenario }) => scenario === name));
  const { templateChecks } = lab;
  return {
    ...lab,
    checks,
    scenarios: scenarios.map(inShort),
    ...(templateChecks === undefined ? {} : { templateChecks: withoutPoints(templateChecks, task) }),
  };
}

function withoutPoints<AnyCheck extends { readonly task: number }>(
  checks: readonly AnyCheck[],
  task: number,
): readonly AnyCheck[] {
  return checks.filter((check) => check.task === task).map((check) => ({ ...check, points: 0 }));
}

function inShort(scenario: Scenario): Scenario {
  const { plan } = scenario;
  switch (plan.mode) {
    case 'exhaustive':
      return { ...scenario, plan: { mode: 'sampled', schedules: SCHEDULES, seed: SEED, maxSteps: STEPS } };
    case 'sampled':
      return { ...scenario, plan: { mode: 'sampled', schedules: LONG_SCHEDULES, seed: SEED } };
    case 'timed':
      return { ...scenario, plan: { mode: 'timed', seeds: plan.seeds.slice(0, 1) } };
    default:
      return unreachable(plan, 'plan of an exploration');
  }
}
