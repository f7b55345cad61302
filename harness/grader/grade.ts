/**
 * Grades a submission: prepares it, explores its scenarios, judges, explains, and puts one result together.
 *
 * The one entrance for terminal, page, tests and files. It prints nothing and never decides by a clock.
 */

import type { Check, Lab, Scenario } from '../course/lab.ts';
import { ComputingTime } from '../host/computing-time.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import { HostStopped } from '../host/stopped.ts';
import type { Frame } from '../simulator/trace.ts';
import { ScenarioSdk } from '../targets/simulator/scenario-clients.ts';
import { explore, type ScenarioExploration } from './explore.ts';
import { type Finding, findingOfStop, handlerFrame } from './finding.ts';
import { type HostKind, type HostLimits, startHost } from './host-kind.ts';
import { type Judged, resultOf, unjudged } from './judge.ts';
import { requireJudgeable } from './judgeable.ts';
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
  onProgress?(progress: { readonly scenario: string; readonly explored: number }): void;
  readonly signal?: AbortSignal;
}

/**
 * How long one step of learner's code may take before the run is repeated, alone and with the line of the hang watched
 * for, and how long then. A busy machine must not make a slow handler look like an endless one.
 */
const STEP_LIMIT_MS = 1_500;
const STEP_LIMIT_ALONE_MS = 5_000;
/** Soon enough to be there before the memory is full again. */
const LOOK_AFTER_MS = 150;

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
  const computing = new ComputingTime();
  const judged: Judged[] = [];
  for (const scenario of lab.scenarios) {
    const explored = await exploreScenario(request, submission, scenario, computing);
    if (explored.kind === 'finding') return unjudged(about, [explored.finding], files);
    judged.push({ scenario, exploration: explored.exploration });
  }
  // Each of these schedules has been run to its end before, so nobody needs to look for the line of a hang.
  return resultOf(about, submission, judged, (kind) =>
    startHost(kind, submission.sources, { stepLimitMs: STEP_LIMIT_ALONE_MS, locate: false, computing }),
  );
}

type Explored =
  | { readonly kind: 'explored'; readonly exploration: ScenarioExploration }
  | { readonly kind: 'finding'; readonly finding: Finding };

/** Explores; a run that hit the limit of its host is run again alone before the learner is blamed. */
async function exploreScenario(
  request: GradeRequest,
  submission: Submission,
  scenario: Scenario,
  computing: ComputingTime,
): Promise<Explored> {
  const checks = request.lab.checks.filter((check) => check.scenario === scenario.name);
  try {
    const limits = { stepLimitMs: STEP_LIMIT_MS, locate: false, computing };
    return await exploreOn(request, submission, scenario, checks, limits);
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    if (error.reason !== 'hang') {
      const at = await whereItWas(request, submission, scenario, checks);
      return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission, at) };
    }
  }
  try {
    return await exploreOn(request, submission, scenario, checks, { stepLimitMs: STEP_LIMIT_ALONE_MS, locate: true });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission) };
  }
}

/** Code that takes memory, time or output without end is busy at one line: looked at soon after it began, it is still there. */
async function whereItWas(
  request: GradeRequest,
  submission: Submission,
  scenario: Scenario,
  checks: readonly Check[],
): Promise<Frame | undefined> {
  try {
    await exploreOn(request, submission, scenario, checks, { stepLimitMs: LOOK_AFTER_MS, locate: true });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    return error.at === undefined ? undefined : submission.locate(error.at);
  }
  return undefined;
}

/** The finding with the nearest place that is known; at worst, where the handler begins, and it says that it is no more. */
function located(finding: Finding, submission: Submission, at?: Frame): Finding {
  const frame = finding.frame ?? at;
  if (frame !== undefined) return { ...finding, frame };
  const begins = handlerFrame(submission);
  if (begins === undefined) return finding;
  const somewhere = `It was somewhere in the handler that begins at ${begins.file}:${begins.line}, in what it calls, or in what is done when its file is loaded.`;
  return { message: `${finding.message} ${somewhere}`, frame: begins };
}

async function exploreOn(
  request: GradeRequest,
  submission: Submission,
  scenario: Scenario,
  checks: readonly Check[],
  limits: HostLimits,
): Promise<Explored> {
  const host = await startHost(request.host, submission.sources, limits);
  try {
    const exploration = await explore({
      submission,
      scenario,
      host,
      sdk: new ScenarioSdk(),
      checks,
      ...(request.seed === undefined ? {} : { seed: request.seed }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      onProgress: (explored) => request.onProgress?.({ scenario: scenario.title, explored }),
    });
    return exploration.finding === null
      ? { kind: 'explored', exploration }
      : { kind: 'finding', finding: located(exploration.finding, submission) };
  } finally {
    host.close();
  }
}
