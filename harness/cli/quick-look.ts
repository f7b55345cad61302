/**
 * A first look at a submission: task by task, in a few random orders each, up to the first task that fails.
 *
 * It is for a learner who has just saved and waits. It finds most mistakes and proves nothing: a result without a failure is no
 * verdict, and says of every check that it was sampled. Dangers are not looked for: that a few orders show none is no mistake.
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

/** Takes the first look, beginning with this task. Rejects as {@link gradeFiles} does. */
export async function lookQuickly(
  lab: Lab,
  read: LearnerFiles,
  io: Io,
  { firstTask = 1, ...options }: GradingOptions & { readonly firstTask?: number | undefined } = {},
): Promise<LabResult> {
  // Another thread would be ready when the look is over.
  const result = await gradeFiles(inBrief(lab, firstTask), read, io, { ...options, workers: 1, untilFailure: true });
  return ofOneTask(result);
}

/** The lab from this task on, with short plans, task by task, and without points: what held in a few orders has earned none. */
export function inBrief(lab: Lab, firstTask: number): Lab {
  const isLookedAt = ({ task }: { readonly task: number }): boolean => task >= firstTask;
  const checks = lab.checks
    .filter((check) => isLookedAt(check) && check.kind !== 'reach')
    .map((check) => ({ ...check, points: 0 }));
  const firstTaskOf = ({ name }: Scenario): number =>
    Math.min(...checks.filter(({ scenario }) => scenario === name).map(({ task }) => task));
  const scenarios = lab.scenarios.filter((scenario) => Number.isFinite(firstTaskOf(scenario)));
  const templateChecks = lab.templateChecks?.filter(isLookedAt).map((check) => ({ ...check, points: 0 }));
  return {
    ...lab,
    checks,
    // Within a task, those whose runs are long come last.
    scenarios: scenarios
      .toSorted((one, other) => firstTaskOf(one) - firstTaskOf(other) || runsOf(one) - runsOf(other))
      .map(inShort),
    ...(templateChecks === undefined ? {} : { templateChecks }),
  };
}

/** 0 if a run of the scenario is short, else 1. */
function runsOf({ plan }: Scenario): number {
  return plan.mode === 'exhaustive' ? 0 : 1;
}

/** The result as far as it is about the first task that fails, or the last one if none does. */
function ofOneTask(result: LabResult): LabResult {
  const failing = result.checks.filter(({ status }) => status !== 'pass').map(({ task }) => task);
  const all = result.checks.map(({ task }) => task);
  const about = failing.length > 0 ? Math.min(...failing) : Math.max(...all);
  return {
    ...result,
    checks: result.checks.filter(({ task }) => task === about),
    tasks: result.tasks.filter(({ task }) => task === about),
  };
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
