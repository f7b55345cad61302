/**
 * Assembles the result of a grading on the simulator: everything that results have beside their checks.
 */

import type { Lab } from '../../course/lab.ts';
import type { HostKind, Platform } from '../../platform/platform.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { HARNESS_VERSION } from '../../version.ts';
import type { CheckResult, LabResult } from '../result.ts';
import { withEarnedPoints } from './points.ts';
import { pointsOf, totalsOfTasks } from './totals.ts';

/** What is graded, where, and since when. */
export interface About {
  readonly platform: Platform;
  readonly lab: Lab;
  readonly host: HostKind;
  readonly sha256: string;
  readonly startedMs: number;
}

type Rest = Pick<LabResult, 'notices' | 'outcome' | 'message' | 'finding' | 'learnerOutput'>;

/** The result with these checks, one for each that the lab plans. */
export function assemble(about: About, judged: readonly CheckResult[], rest: Rest): LabResult {
  const checks = withEarnedPoints(about.lab, judged);
  const plannedChecks = about.lab.checks.length + (about.lab.templateChecks?.length ?? 0);
  invariant(checks.length === plannedChecks, `${checks.length} checks of ${plannedChecks} were judged`);
  return {
    schema: 'raceproof-result/1',
    lab: about.lab.slug,
    labVersion: about.lab.version,
    labTitle: about.lab.title,
    harness: HARNESS_VERSION,
    node: about.platform.runtime,
    target: 'simulator',
    host: about.host,
    durationMs: Math.round(performance.now() - about.startedMs),
    score: pointsOf(checks),
    tasks: totalsOfTasks(about.lab, checks),
    checks,
    integrity: { submissionSha256: about.sha256, plannedChecks },
    ...rest,
  };
}
