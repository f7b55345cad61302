/**
 * Replays one token: the same run again, byte for byte if the code is the same.
 *
 * With other code it is followed to the first choice that no longer fits, and that is said. With another version of the lab
 * it is refused.
 */

import type { Lab, Observation } from '../../course/lab.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { type HostKind, startHost } from '../../host/start.ts';
import { HostStopped } from '../../host/stopped.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { Divergence, replay as replayChoices, seeded } from '../../simulator/kernel/choices.ts';
import { RacingRun } from '../../simulator/kernel/noted-run/races-of-run.ts';
import type { Trace } from '../../simulator/trace.ts';
import { explainByTrying } from '../counterfactual/explain-by-trying.ts';
import { eventsWatchedBy } from '../exploration/watched.ts';
import { findingOfRun, findingOfStop } from '../findings/finding.ts';
import { prepare, type Submission } from '../submission/submission.ts';
import { type ReplayToken, readToken } from './token.ts';

export interface ReplayRequest {
  readonly lab: Lab;
  readonly files: ReadonlyMap<string, string>;
  readonly token: string;
  readonly host: HostKind;
  /** How the SDK's calls run; both ways give the same result. `direct` unless a test asks for the other. */
  readonly sdkMode?: SdkMode;
}

export type ReplayResult =
  | {
      readonly kind: 'replayed';
      readonly trace: Trace;
      readonly observation: Observation;
      readonly violations: readonly { readonly check: string; readonly headline: string }[];
      readonly because: readonly string[];
      /** The two steps that, swapped, would have saved the run: it was tried. By `TraceEntry.step`. */
      readonly swap?: { readonly first: number; readonly second: number };
      /** Where the run left the token's way, if it did. */
      readonly diverged?: { readonly atStep: number; readonly why: string };
      readonly sameCode: boolean;
    }
  | { readonly kind: 'refused'; readonly message: string };

const STEP_LIMIT_MS = 5_000;

/** Replays. Refusals are sentences; only bugs reject. */
export async function replay(request: ReplayRequest): Promise<ReplayResult> {
  const read = readToken(request.token);
  if (!read.ok) return { kind: 'refused', message: read.message };
  const { token } = read;
  const { lab } = request;
  if (token.lab !== lab.slug) {
    return {
      kind: 'refused',
      message: `This token is of the lab ${token.lab}, and this is the lab ${lab.slug}. Replay it in its own lab.`,
    };
  }
  if (token.labVersion !== lab.version) {
    return {
      kind: 'refused',
      message: `This token was made by version ${token.labVersion} of the lab ${lab.slug}; you have version ${lab.version}. Run the lab again to get a new one.`,
    };
  }
  const scenario = lab.scenarios.find(({ name }) => name === token.scenario);
  if (scenario === undefined) {
    const known = lab.scenarios.map(({ name }) => name).join(', ');
    return {
      kind: 'refused',
      message: `The lab ${lab.slug} has no scenario «${token.scenario}». It has: ${known}. Check that the whole token was copied.`,
    };
  }
  if ((scenario.plan.mode === 'timed') !== (token.seed !== undefined))
    return {
      kind: 'refused',
      message: `The scenario «${scenario.name}» ${token.seed === undefined ? 'is timed, and the token has no seed' : 'is not timed, and the token is a seed'}. Copy the whole token as it was printed.`,
    };
  const prepared = await prepare(lab, request.files, request.sdkMode);
  if (!prepared.ok) {
    const [first] = prepared.findings;
    const where = first?.frame === undefined ? '' : `${first.frame.file}:${first.frame.line} — `;
    return { kind: 'refused', message: `${where}${first?.message ?? 'The code can’t be run.'}` };
  }
  return follow(request, token, prepared.submission, scenario);
}

async function follow(
  request: ReplayRequest,
  token: ReplayToken,
  submission: Submission,
  scenario: Lab['scenarios'][number],
): Promise<ReplayResult> {
  const host = await startHost(request.host, submission.sources, { stepLimitMs: STEP_LIMIT_MS, locate: false });
  const sameCode = submission.sha256.startsWith(token.code);
  const choices = token.seed === undefined ? replayChoices(token.chosen) : seeded(token.seed);
  const checks = request.lab.checks.filter((check) => check.scenario === scenario.name && check.kind !== 'reach');
  const watched = eventsWatchedBy(checks) ?? new Set();
  const runner = { submission, scenario, host, sdk: new ScenarioSdk(), watched };
  const racing = token.seed === undefined ? new RacingRun(choices) : null;
  const running = runScenario(runner, racing ?? choices, 'show');
  const { world, done } = running;
  try {
    const run = await done;
    const observation = run.result ?? {};
    const finding = findingOfRun(run);
    const violations = (finding === null ? checks : []).flatMap((check) => {
      const violation = check.judge({ observation, trace: run.trace });
      return violation === null ? [] : [{ check: check.id, violation }];
    });
    const [first] = violations;
    const explained =
      first === undefined || racing === null
        ? null
        : await explainByTrying(runner, checks, { trace: run.trace, run: racing }, first.violation);
    return {
      kind: 'replayed',
      trace: run.trace,
      observation,
      violations:
        finding === null
          ? violations.map(({ check, violation }) => ({ check, headline: violation.headline }))
          : [{ check: 'run', headline: finding.message }],
      because: explained?.because ?? [],
      ...(explained?.swap === undefined ? {} : { swap: explained.swap }),
      ...(choices.record.length < token.chosen.length
        ? { diverged: { atStep: world.soFar.step, why: 'the run was over before all choices of the token were made' } }
        : {}),
      sameCode,
    };
  } catch (error) {
    if (error instanceof HostStopped)
      return { kind: 'refused', message: findingOfStop(error, submission.locate).message };
    if (!(error instanceof Divergence)) throw error;
    const { trace, step } = world.soFar;
    return {
      kind: 'replayed',
      trace,
      observation: {},
      violations: [],
      because: [],
      diverged: { atStep: step, why: error.message },
      sameCode,
    };
  } finally {
    host.close();
  }
}
