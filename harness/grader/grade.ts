/**
 * Grades a submission: prepares it, explores its scenarios, judges, explains, and puts one result together.
 *
 * The one entrance for terminal, page, tests and files. It prints nothing and never decides by a clock.
 */

import type { Lab, Scenario } from '../course/lab.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import type { ScenarioExploration } from './exploration/exploration.ts';
import { exploreScenario, STEP_LIMIT_ALONE_MS } from './explore-scenario.ts';
import type { Finding } from './finding.ts';
import { type HostKind, startHost } from './host-kind.ts';
import { type Judged, resultOf, unjudged } from './judge.ts';
import { requireJudgeable } from './judgeable.ts';
import type { KeptExplorations } from './kept/explorations.ts';
import type { LabResult } from './result.ts';
import { prepare, type Submission } from './submission.ts';

export interface GradeRequest {
  readonly lab: Lab;
  /** Editable path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly host: HostKind;
  /** How the SDK's calls run; both ways give the same result. `direct` unless a test asks for the other. */
  readonly sdkMode?: SdkMode;
  /** Replaces the seeds of sampled scenarios. */
  readonly seed?: number;
  /** Explorations that were done before. For labs of the course only: their functions are known by the harness's own content. */
  readonly kept?: KeptExplorations;
  onProgress?(progress: { readonly scenario: string; readonly explored: number }): void;
  readonly signal?: AbortSignal;
}

/** Grades. Rejects only with bugs of ours and with the caller's own abort. */
export async function grade(request: GradeRequest): Promise<LabResult> {
  const startedMs = performance.now();
  const { lab, files } = request;
  requireJudgeable(lab);
  const prepared = await prepare(lab, files, request.sdkMode);
  const about = {
    lab,
    host: request.host,
    sha256: prepared.ok ? prepared.submission.sha256 : prepared.sha256,
    startedMs,
  };
  if (!prepared.ok) return unjudged(about, prepared.findings, files);
  const { submission } = prepared;
  const judged = await exploreAll(request, submission);
  if ('message' in judged) return unjudged(about, [judged], files);
  // Each of these schedules has been run to its end before, so nobody needs to look for the line of a hang.
  const limits = { stepLimitMs: STEP_LIMIT_ALONE_MS, locate: false };
  const result = await resultOf(about, submission, judged, (kind) => startHost(kind, submission.sources, limits));
  const { kept } = request;
  if (kept === undefined || result.message === undefined || !judged.some(({ cached }) => cached)) return result;
  // A kept failure is run again to be shown. If that can't be done it was never true, and no code is to blame for it.
  return grade({ ...request, kept: kept.withoutReading() });
}

/** Explores scenario by scenario, in the lab's order, up to the first that can't be judged. */
async function exploreAll(request: GradeRequest, submission: Submission): Promise<readonly Judged[] | Finding> {
  const judged: Judged[] = [];
  for (const scenario of request.lab.scenarios) {
    const explored = await exploreOrRemember(request, submission, scenario);
    if (explored.kind === 'finding') return explored.finding;
    judged.push({ scenario, exploration: explored.exploration, cached: explored.cached });
  }
  return judged;
}

type Known =
  | { readonly kind: 'explored'; readonly exploration: ScenarioExploration; readonly cached: boolean }
  | { readonly kind: 'finding'; readonly finding: Finding };

async function exploreOrRemember(request: GradeRequest, submission: Submission, scenario: Scenario): Promise<Known> {
  const { lab, kept, files: _, onProgress, signal, ...options } = request;
  const checks = lab.checks.filter((check) => check.scenario === scenario.name);
  const subject = { lab, scenario, checks, submission, options };
  const exploration = kept?.find(subject) ?? null;
  if (exploration !== null) return { kind: 'explored', exploration, cached: true };
  const explored = await exploreScenario({
    ...options,
    submission,
    scenario,
    checks,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (count) => onProgress?.({ scenario: scenario.title, explored: count }),
  });
  if (explored.kind === 'finding') return explored;
  kept?.keep(subject, explored.exploration, explored.startedModules);
  return { ...explored, cached: false };
}
