/**
 * Explores one scenario of a submission on a host of its own, and finds out whose fault it is if the host had to stop it.
 *
 * A run that hit a limit is repeated alone before the learner is blamed. Knows no other scenario, and decides no status.
 */

import type { Check, Scenario } from '../course/lab.ts';
import { HostStopped } from '../host/stopped.ts';
import type { Frame } from '../simulator/trace.ts';
import { ScenarioSdk } from '../targets/simulator/scenario-clients.ts';
import type { ScenarioExploration } from './exploration/exploration.ts';
import { explore } from './explore.ts';
import { type Finding, findingOfStop, handlerFrame } from './finding.ts';
import { type HostKind, type HostLimits, startHost } from './host-kind.ts';
import type { Submission } from './submission.ts';

/**
 * How long one step of learner's code may take before the run is repeated, alone and with the line of the hang watched
 * for, and how long then. A busy machine must not make a slow handler look like an endless one.
 */
const STEP_LIMIT_MS = 1_500;
export const STEP_LIMIT_ALONE_MS = 5_000;
/** Soon enough to be there before the memory is full again. */
const LOOK_AFTER_MS = 150;

export interface ScenarioRequest {
  readonly submission: Submission;
  readonly scenario: Scenario;
  /** Those that are judged in this scenario. */
  readonly checks: readonly Check[];
  readonly host: HostKind;
  readonly seed?: number;
  onProgress?(explored: number): void;
  readonly signal?: AbortSignal;
}

export type Explored =
  | {
      readonly kind: 'explored';
      readonly exploration: ScenarioExploration;
      /** The modules whose code was started in some schedule. */
      readonly startedModules: readonly string[];
    }
  | { readonly kind: 'finding'; readonly finding: Finding };

/** Explores; a run that hit the limit of its host is run again alone before the learner is blamed. */
export async function exploreScenario(request: ScenarioRequest): Promise<Explored> {
  const { submission } = request;
  try {
    return await exploreOn(request, { stepLimitMs: STEP_LIMIT_MS, locate: false });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    if (error.reason !== 'hang') {
      const at = await whereItWas(request);
      return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission, at) };
    }
  }
  try {
    return await exploreOn(request, { stepLimitMs: STEP_LIMIT_ALONE_MS, locate: true });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission) };
  }
}

/** Code that takes memory, time or output without end is busy at one line: looked at soon after it began, it is still there. */
async function whereItWas(request: ScenarioRequest): Promise<Frame | undefined> {
  try {
    await exploreOn(request, { stepLimitMs: LOOK_AFTER_MS, locate: true });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    return error.at === undefined ? undefined : request.submission.locate(error.at);
  }
  return undefined;
}

/** The finding with the nearest place that is known; at worst, where the handler begins, and it says that it is no more. */
function located(finding: Finding, submission: Submission, at?: Frame): Finding {
  const frame = finding.frame ?? at;
  if (frame !== undefined) return { ...finding, frame };
  if (finding.elsewhere) return finding;
  const begins = handlerFrame(submission);
  if (begins === undefined) return finding;
  const somewhere = `It was somewhere in the handler that begins at ${begins.file}:${begins.line}, in what it calls, or in what is done when its file is loaded.`;
  return { message: `${finding.message} ${somewhere}`, frame: begins };
}

async function exploreOn(request: ScenarioRequest, limits: HostLimits): Promise<Explored> {
  const { submission, host: kind, ...rest } = request;
  const host = await startHost(kind, submission.sources, limits);
  try {
    const exploration = await explore({ ...rest, submission, host, sdk: new ScenarioSdk() });
    return exploration.finding === null
      ? { kind: 'explored', exploration, startedModules: host.startedModules() }
      : { kind: 'finding', finding: located(exploration.finding, submission) };
  } finally {
    host.close();
  }
}
