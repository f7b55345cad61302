/**
 * Grades a submission on a target in real time: runs the same scenarios several times, and says what the runs show.
 *
 * Findings come first and are those of the simulator: a template or a handler that it refuses is not deployed. Each run gets
 * its own stack, which is removed whatever happens, also on Ctrl-C.
 */

import type { Lab, Scenario, TargetLimits } from '../../course/lab.ts';
import { requireJudgeable } from '../../grader/judgement/judgeable.ts';
import { withEarnedPoints } from '../../grader/judgement/points.ts';
import { judgeTemplate } from '../../grader/judgement/template-checks.ts';
import { pointsOf, totalsOfTasks } from '../../grader/judgement/totals.ts';
import { unjudged } from '../../grader/judgement/unjudged.ts';
import type { CheckResult, LabResult, Notice } from '../../grader/result.ts';
import { prepare, type Submission } from '../../grader/submission/submission.ts';
import type { Platform } from '../../platform/platform.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import { type DeployRequest, type Target, type TargetRun, TargetTrouble } from '../../targets/target.ts';
import { HARNESS_VERSION } from '../../version.ts';
import { isWorthRunning, judgeRuns, outcomeOfChecks } from './judge-runs.ts';

export interface TargetGradeRequest {
  readonly platform: Platform;
  readonly lab: Lab;
  /** Editable path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly target: Target;
  /** How often each scenario is run. */
  readonly runs: number;
  readonly signal: AbortSignal;
  /** Reports what is being done: «run 2 of 5, three invocations at once», and which part of it: «making the stack». */
  tell(what: string, part: string): void;
}

/** Grades. Rejects only with bugs of ours and with the caller's own abort. The caller closes the target. */
export async function gradeOnTarget(request: TargetGradeRequest): Promise<LabResult> {
  const startedMs = performance.now();
  const { platform, lab, files, target } = request;
  requireJudgeable(lab);
  const prepared = await prepare(platform, lab, files);
  if (!prepared.ok) {
    const about = { platform, lab, host: 'isolated', sha256: prepared.sha256, startedMs } as const;
    return { ...unjudged(about, prepared.findings, files), ...whereItRan(target) };
  }
  const { submission } = prepared;
  const notices = new Set(target.notices);
  const limits = target.name === 'simulator' ? undefined : lab.targets?.[target.name];
  const finish = (checks: readonly CheckResult[], rest: ReturnType<typeof outcomeOfChecks>): LabResult =>
    resultOf(request, submission, { startedMs, checks, notices, rest });
  try {
    const runs = await runAll(request, submission, limits, notices);
    const template = judgeTemplate(lab, files.get(TEMPLATE) ?? '', TEMPLATE);
    const checks = withEarnedPoints(lab, [...judgeRuns(lab, runs, limits), ...template]);
    return finish(checks, outcomeOfChecks(checks));
  } catch (error) {
    if (request.signal.aborted || !(error instanceof TargetTrouble)) throw error;
    return finish(allUnjudged(lab, error.message), { outcome: 'ungraded', message: error.message });
  }
}

async function runAll(
  request: TargetGradeRequest,
  submission: Submission,
  limits: TargetLimits | undefined,
  notices: Set<string>,
): Promise<ReadonlyMap<string, readonly TargetRun[]>> {
  const { lab, runs } = request;
  const all = new Map<string, readonly TargetRun[]>();
  for (const scenario of lab.scenarios.filter(({ name }) => isWorthRunning(lab, name, limits))) {
    const done: TargetRun[] = [];
    for (let number = 1; number <= runs; number += 1) {
      const tell = (part: string): void => request.tell(`run ${number} of ${runs}, ${scenario.title}`, part);
      done.push(await runOnce({ ...request, tell }, submission, scenario, notices));
    }
    all.set(scenario.name, done);
  }
  return all;
}

async function runOnce(
  { lab, files, target, signal, tell }: Omit<TargetGradeRequest, 'tell'> & { tell(part: string): void },
  submission: Submission,
  scenario: Scenario,
  notices: Set<string>,
): Promise<TargetRun> {
  signal.throwIfAborted();
  const deployment: DeployRequest = {
    slug: lab.slug,
    template: files.get(TEMPLATE) ?? '',
    modules: submission.sources.modules,
    parameters: scenario.parameters ?? {},
    downstreams: lab.downstreams ?? [],
    ...(scenario.accountConcurrency === undefined ? {} : { accountConcurrency: scenario.accountConcurrency }),
    signal,
    tell,
  };
  const stack = await target.deploy(deployment);
  for (const notice of stack.notices) notices.add(notice);
  try {
    tell('running');
    return await stack.run(scenario, signal);
  } finally {
    tell('removing the stack');
    await stack.destroy().catch((error: unknown) => {
      notices.add(`Something was left behind. ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}

function allUnjudged(lab: Lab, message: string): readonly CheckResult[] {
  const onTemplate = (lab.templateChecks ?? []).map((check) => ({ ...check, kind: 'template' }) as const);
  return [...lab.checks, ...onTemplate].map(({ id, task, title, kind, points: maxPoints }) => {
    return { id, task, title, kind, maxPoints, points: 0, status: 'not-judged', message };
  });
}

function whereItRan(target: Target): Pick<LabResult, 'target' | 'targetDetail' | 'host'> {
  return { target: target.name, targetDetail: target.detail, host: 'deployed' };
}

function resultOf(
  { platform, lab, target }: TargetGradeRequest,
  submission: Submission,
  given: {
    readonly startedMs: number;
    readonly checks: readonly CheckResult[];
    readonly notices: ReadonlySet<string>;
    readonly rest: ReturnType<typeof outcomeOfChecks>;
  },
): LabResult {
  const { checks, notices, rest, startedMs } = given;
  return {
    schema: 'raceproof-result/1',
    lab: lab.slug,
    labVersion: lab.version,
    labTitle: lab.title,
    harness: HARNESS_VERSION,
    node: platform.runtime,
    ...whereItRan(target),
    durationMs: Math.round(performance.now() - startedMs),
    score: pointsOf(checks),
    tasks: totalsOfTasks(lab, checks),
    checks,
    notices: [...notices].map((message): Notice => ({ kind: 'not-enforced', message })),
    integrity: {
      submissionSha256: submission.sha256,
      plannedChecks: lab.checks.length + (lab.templateChecks?.length ?? 0),
    },
    ...rest,
  };
}
