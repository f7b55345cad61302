/**
 * Replays one token: the same run again, byte for byte if the code is the same.
 *
 * With other code it follows the token to the first choice that no longer fits, and says so. It refuses a token of another
 * version of the lab.
 */

import type { Check, Lab, Observation, Violation } from '../../course/lab.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { HostStopped } from '../../host/stopped.ts';
import type { HostKind, Platform } from '../../platform/platform.ts';
import { startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, Divergence, replay as replayChoices, seeded } from '../../simulator/kernel/choices.ts';
import { RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { World, WorldRun } from '../../simulator/world.ts';
import { explainByTrying } from '../counterfactual/explain-by-trying.ts';
import { eventsWatchedBy } from '../exploration/watched.ts';
import type { FindingKind } from '../findings/finding.ts';
import { findingOfRun } from '../findings/run-finding.ts';
import { findingOfStop } from '../findings/stop-finding.ts';
import type { Counterexample, MarkedStep } from '../result.ts';
import { prepare, type Submission } from '../submission/submission.ts';
import { type ReplayToken, readToken } from './token.ts';
import { scenarioOfToken } from './token-fits.ts';

export interface ReplayRequest {
  readonly platform: Platform;
  readonly lab: Lab;
  readonly files: ReadonlyMap<string, string>;
  readonly token: string;
  readonly host: HostKind;
  /** How the SDK's calls run. Both ways give the same result; `direct` unless a test asks for the other. */
  readonly sdkMode?: SdkMode;
}

export type ReplayResult =
  | {
      readonly kind: 'replayed';
      readonly trace: Trace;
      readonly observation: Observation;
      /** The broken checks; or, if the run can't be judged, one entry that says why. */
      readonly violations: readonly { readonly check: string; readonly headline: string }[];
      /** The kind of the finding that keeps the run from being judged, if there is one. */
      readonly finding?: FindingKind;
      readonly because: readonly string[];
      /** As in a result's counterexample. */
      readonly swap?: NonNullable<Counterexample['swap']>;
      readonly marked?: readonly MarkedStep[];
      /** Where the run diverged from the token, if it did. */
      readonly diverged?: { readonly atStep: number; readonly why: string };
      readonly sameCode: boolean;
    }
  | { readonly kind: 'refused'; readonly message: string };

type Replayed = Extract<ReplayResult, { kind: 'replayed' }>;

const STEP_LIMIT_MS = 5_000;

/** Replays. Refusals are returned as sentences; only bugs reject. */
export async function replayRun(request: ReplayRequest): Promise<ReplayResult> {
  const { platform, lab, files, sdkMode } = request;
  const read = readToken(request.token);
  if (!read.ok) return refused(read.message);
  const fitting = scenarioOfToken(read.token, lab);
  if ('refusal' in fitting) return refused(fitting.refusal);
  const prepared = await prepare(platform, lab, files, sdkMode);
  if (!prepared.ok) {
    const [first] = prepared.findings;
    const where = first?.frame === undefined ? '' : `${first.frame.file}:${first.frame.line} — `;
    return refused(`${where}${first?.message ?? 'The code can’t be run.'}`);
  }
  const { submission } = prepared;
  const host = await startHost(platform, request.host, submission.sources, {
    stepLimitMs: STEP_LIMIT_MS,
    locate: false,
  });
  try {
    return await follow(read.token, lab, { platform, submission, scenario: fitting.scenario, host });
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    return refused(findingOfStop(error, submission.locate).message);
  } finally {
    host.close();
  }
}

function refused(message: string): ReplayResult {
  return { kind: 'refused', message };
}

interface Following extends Pick<ScenarioRunner, 'platform' | 'scenario' | 'host'> {
  readonly submission: Submission;
}

async function follow(
  token: ReplayToken,
  lab: Lab,
  { platform, submission, scenario, host }: Following,
): Promise<Replayed> {
  const sameCode = submission.sha256.startsWith(token.code);
  const choices = token.seed === undefined ? replayChoices(token.chosen) : seeded(token.seed);
  const checks = lab.checks.filter((check) => check.scenario === scenario.name && check.kind !== 'reach');
  const watched = eventsWatchedBy(checks) ?? new Map();
  const runner = { platform, submission, scenario, host, sdk: new ScenarioSdk(), watched };
  // In a timed run the latency model gives the order, so no two steps can be swapped.
  const racing = token.seed === undefined ? new RacingRun(choices) : null;
  const { world, done } = runScenario(runner, racing ?? choices, 'show');
  try {
    const run = await done;
    const judged = await judgeRun(runner, checks, run, racing);
    return { kind: 'replayed', trace: run.trace, ...judged, ...leftOver(token, choices, world), sameCode };
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    const { trace, step } = world.soFar;
    const diverged = { atStep: step, why: error.message };
    return { kind: 'replayed', trace, observation: {}, violations: [], because: [], diverged, sameCode };
  }
}

/** The verdict on a run that came to its end, and why. */
async function judgeRun(
  runner: ScenarioRunner,
  checks: readonly Check[],
  run: WorldRun<Observation>,
  racing: RacingRun | null,
): Promise<Pick<Replayed, 'observation' | 'violations' | 'finding' | 'because' | 'swap' | 'marked'>> {
  const { trace } = run;
  const observation = run.result ?? {};
  const finding = findingOfRun(run);
  if (finding !== null) {
    const { kind, message } = finding;
    return { observation, violations: [{ check: 'run', headline: message }], finding: kind, because: [] };
  }
  const broken = checks.flatMap((check): readonly { readonly check: string; readonly violation: Violation }[] => {
    const violation = check.judge({ observation, trace });
    return violation === null ? [] : [{ check: check.id, violation }];
  });
  const violations = broken.map(({ check, violation }) => ({ check, headline: violation.headline }));
  const [first] = broken;
  if (first === undefined || racing === null) return { observation, violations, because: [] };
  const { because, swap, marked } = await explainByTrying(runner, checks, { trace, run: racing }, first.violation);
  return {
    observation,
    violations,
    because,
    ...(swap === undefined ? {} : { swap }),
    ...(marked === undefined ? {} : { marked }),
  };
}

/** The run is over, but the token has further choices: it is a different run now. */
function leftOver({ chosen }: ReplayToken, { record }: Choices, world: World): Pick<Replayed, 'diverged'> {
  if (record.length >= chosen.length) return {};
  const why = 'the run was over before all choices of the token were made';
  return { diverged: { atStep: world.soFar.step, why } };
}
