/**
 * Turns runs in real time into a status for each check: held, broken, not provoked, not judged.
 *
 * No order can be chosen in real time, so a run in which nothing went wrong proves nothing unless the danger came up. Pure
 * functions; grade-on-target.ts makes the runs.
 */

import type { Check, Lab, TargetLimits } from '../../course/lab.ts';
import { nothingPutToTheTest } from '../../grader/judgement/points.ts';
import type { CheckResult, GradingOutcome } from '../../grader/result.ts';
import type { TargetRun } from '../../targets/target.ts';
import { capital, thousands } from '../../words/phrases.ts';

/** The runs of each scenario, by the scenario's name. */
export type RunsByScenario = ReadonlyMap<string, readonly TargetRun[]>;

const NO_TRACE =
  'It looks at the single steps of a run. LocalStack shows what went in and what came out; the simulator judges this.';
const NO_TIME = 'It is about elapsed time, and time on this machine says nothing about AWS.';

/** Why this check can't be judged on a target that is not the simulator; null if it can. */
export function whyNotJudged(check: Check, limits: TargetLimits | undefined): string | null {
  const stated = limits?.notJudged?.[check.id] ?? limits?.notRun?.[check.scenario];
  if (stated !== undefined) return sentence(stated);
  if (check.kind === 'timed') return NO_TIME;
  return check.sees === 'trace' ? NO_TRACE : null;
}

/** Labs state reasons as parts of a sentence: «it waits for eleven minutes». */
function sentence(reason: string): string {
  return capital(reason).replace(/[.]?$/, '.');
}

/** Whether any check needs the runs of this scenario. */
export function isWorthRunning(lab: Lab, scenario: string, limits: TargetLimits | undefined): boolean {
  return lab.checks.some((check) => check.scenario === scenario && whyNotJudged(check, limits) === null);
}

/** One result for each check of the lab, in its order. */
export function judgeRuns(lab: Lab, runs: RunsByScenario, limits: TargetLimits | undefined): readonly CheckResult[] {
  const shown = new Map(lab.checks.map((check) => [check.id, timesShown(check, runs, limits)]));
  return lab.checks.map((check) => {
    const { id, task, title, kind, points: maxPoints } = check;
    const base = { id, task, title, kind, maxPoints };
    const reason = whyNotJudged(check, limits);
    if (reason !== null) return { ...base, status: 'not-judged', points: 0, message: reason };
    const ofScenario = runs.get(check.scenario) ?? [];
    return { ...base, ...(check.kind === 'reach' ? reached(check, ofScenario) : held(lab, check, ofScenario, shown)) };
  });
}

/** How many runs showed a reach check; null if it can't be judged. */
function timesShown(check: Check, runs: RunsByScenario, limits: TargetLimits | undefined): number | null {
  if (check.kind !== 'reach' || whyNotJudged(check, limits) !== null) return null;
  return (runs.get(check.scenario) ?? []).filter((run) => check.judge(run) === null).length;
}

type Verdict = Pick<CheckResult, 'status' | 'points'> & Partial<CheckResult>;

function reached(check: Check, runs: readonly TargetRun[]): Verdict {
  const failing = runs.filter((run) => check.judge(run) !== null).length;
  const counted = { runs: { count: runs.length, failing } };
  if (failing < runs.length) return { ...counted, status: 'pass', points: check.points };
  return {
    ...counted,
    status: 'not-provoked',
    points: 0,
    message: 'It did not come up by itself. More runs may show it.',
  };
}

function held(lab: Lab, check: Check, runs: readonly TargetRun[], shown: ReadonlyMap<string, number | null>): Verdict {
  const violations = runs.flatMap((run) => {
    const violation = check.judge(run);
    return violation === null ? [] : [{ violation, run }];
  });
  const counted = { runs: { count: runs.length, failing: violations.length } };
  const [first] = violations;
  if (first !== undefined) {
    const message = [first.violation.headline, ...impatience(first.run)].join(' ');
    return { ...counted, status: 'fail', points: 0, message, hintId: first.violation.hintId };
  }
  const danger = lab.checks.find(({ id }) => id === check.provokedBy);
  if (danger === undefined || (shown.get(danger.id) ?? 0) > 0) {
    return { ...counted, status: 'pass', points: check.points };
  }
  const seen = shown.get(danger.id) === null ? 'can’t be seen here' : 'did not come up';
  return { ...counted, status: 'not-provoked', points: 0, message: nothingPutToTheTest(danger, seen) };
}

/** What the scenario waited for in vain, which is often the reason of a failure. */
function impatience({ trace }: TargetRun): readonly string[] {
  return trace.flatMap(({ event }) => (event.kind === 'note' && event.text.startsWith('Waited ') ? [event.text] : []));
}

/** The outcome of all checks together. «Not provoked» is no pass, and no failure of the learner's. */
export function outcomeOfChecks(checks: readonly CheckResult[]): {
  readonly outcome: GradingOutcome;
  readonly message?: string;
} {
  if (checks.some(({ status }) => status === 'fail')) return { outcome: 'fail' };
  const untested = checks.filter(({ status }) => status === 'not-provoked').length;
  if (untested > 0) {
    const those = untested === 1 ? '1 check was' : `${thousands(untested)} checks were`;
    return { outcome: 'ungraded', message: `Nothing broke, but ${those} not put to the test.` };
  }
  if (checks.some(({ status, runs }) => status === 'pass' && runs !== undefined)) return { outcome: 'pass' };
  return { outcome: 'ungraded', message: 'None of this lab’s runs can be judged on this target.' };
}
