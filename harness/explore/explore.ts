/**
 * The public API: explores an engineer's own handlers and template under every schedule, from any test runner.
 *
 * A scenario is a callback with SDK clients. If an assertion throws in it, that schedule fails. The grader does the grading:
 * this file makes a lab of one scenario and reports the result. It knows nothing of the course.
 */

import type { Check, ExplorationPlan, Lab, ScenarioContext } from '../course/lab.ts';
import type { FindingKind } from '../grader/findings/finding.ts';
import { grade } from '../grader/grade.ts';
import { replayRun } from '../grader/replay/replay.ts';
import { judgement } from '../grader/report/judgement.ts';
import type { CheckResult, LabResult } from '../grader/result.ts';
import { NODE } from '../node/platform.ts';
import { NotExplored, ScheduleFailed } from './failure.ts';
import type { ExploredWorld, ExploreOptions, Invariant } from './options.ts';
import { SURROUNDINGS } from './other-outside.ts';
import { readSources } from './source-files.ts';
import { wrongOptions } from './wrong-options.ts';

export type { Downstream, Ledger } from '../course/lab.ts';
export type { FaultKind } from '../simulator/contract/fault.ts';
export type { Trace, TraceEvent } from '../simulator/trace.ts';
export { type FailedRun, NotExplored, ScheduleFailed } from './failure.ts';
export type { ExploredWorld, ExploreOptions, Invariant, Mode, Sampling } from './options.ts';

/** What was done. */
export interface Explored {
  /** How many schedules were run. */
  readonly explored: number;
  /** How many orders they stand for; `atLeast` if that is a lower bound. */
  readonly standsFor: { readonly orders: number; readonly atLeast: boolean };
  /** True if nothing was left out: every schedule within the fault budget. False for samples and for a replay. */
  readonly exhaustive: boolean;
  /** The same in words: «holds under every schedule: 3 cover all 20». */
  readonly verdict: string;
}

const HELD_IN_A_REPLAY: Explored = {
  explored: 1,
  standsFor: { orders: 1, atLeast: false },
  exhaustive: false,
  verdict: 'holds in this one schedule, replayed: not a proof',
};

/** What a person does to the stack, and what must be true afterwards. Runs in every schedule that tells it something new. */
export type ExploredScenario = (world: ExploredWorld) => Promise<void>;

const SCHEDULES = 20_000;
const SAMPLES = 2_000;
const SEED = 1;
const ASSERTIONS = 'the scenario’s assertions';

/**
 * Runs the scenario under every schedule, or as many as `mode` says. Resolves with what was done if all of them hold. Rejects
 * with `ScheduleFailed` for the simplest one that fails, and with `NotExplored` if none can be judged.
 */
export async function explore(options: ExploreOptions, scenario: ExploredScenario): Promise<Explored> {
  const wrong = wrongOptions(options, scenario);
  if (wrong !== null) throw new NotExplored(wrong);
  const sources = readSources(options);
  if ('problem' in sources) throw new NotExplored(sources.problem);
  const { files, packagesFrom } = sources;
  const thrown = new Map<string, unknown>();
  const lab = { ...labOf(options, scenario, [...files.keys()], thrown), packagesFrom };
  const request = { platform: NODE, lab, files, host: options.host ?? 'in-realm' };
  if (options.replay !== undefined) return again({ ...request, token: options.replay }, thrown);
  const result = await grade(request);
  const failed = result.checks.find(({ status }) => status === 'fail');
  if (failed !== undefined) throw failureOf(failed, thrown);
  const [first] = result.checks;
  if (result.outcome !== 'pass' || first?.exploration === undefined) throw new NotExplored(whyNot(result));
  const { explored, standsFor, mode } = first.exploration;
  const { orders, atLeast } = standsFor ?? { orders: explored, atLeast: false };
  const { phrase } = judgement(first);
  return { explored, standsFor: { orders, atLeast }, exhaustive: mode === 'exhaustive', verdict: phrase };
}

async function again(
  request: Parameters<typeof replayRun>[0],
  thrown: ReadonlyMap<string, unknown>,
): Promise<Explored> {
  const replayed = await replayRun(request);
  if (replayed.kind === 'refused') throw new NotExplored(replayed.message);
  const { violations, finding, because, trace, diverged, sameCode } = replayed;
  if (diverged !== undefined)
    throw new NotExplored(
      `The token does not fit this code and scenario any more: after step ${diverged.atStep} ${diverged.why}. Explore again without it.`,
    );
  const [first] = violations;
  if (first === undefined) return HELD_IN_A_REPLAY;
  if (finding !== undefined) throw new NotExplored(inOwnWords(finding, first.headline));
  const shortest = `This is a replay${sameCode ? '' : ', with other code than the token was made with'}.`;
  const run = { headline: first.headline, shortest, because, trace, token: request.token };
  throw new ScheduleFailed(run, thrown.get(first.headline));
}

function labOf(
  { parameters, faults, downstreams, mode, invariants, equalCallsAreAlike }: ExploreOptions,
  scenario: ExploredScenario,
  editable: readonly string[],
  thrown: Map<string, unknown>,
): Lab {
  const name = 'scenario';
  const about = { task: 1, points: 1, kind: 'invariant', scenario: name } as const;
  return {
    slug: 'explore',
    version: 1,
    title: 'explore',
    editable,
    tasks: [{ number: 1, title: 'hold' }],
    scenarios: [
      {
        name,
        title: 'the scenario',
        plan: planOf(mode),
        againIn: SURROUNDINGS,
        run: (context) => observe(scenario, context, thrown),
        ...(parameters === undefined ? {} : { parameters }),
        ...(faults === undefined ? {} : { faults }),
        ...(equalCallsAreAlike === undefined ? {} : { equalCallsAreAlike }),
      },
    ],
    checks: [
      {
        ...about,
        id: 'assertions',
        title: ASSERTIONS,
        judge: ({ observation: { failed } }) => (typeof failed === 'string' ? violation(failed) : null),
      },
      ...(invariants ?? []).map((it): Check => ({ ...about, ...checkOf(it) })),
    ],
    downstreams: downstreams ?? [],
    hints: [],
    mutants: [],
  };
}

function checkOf({ name, judge, watches }: Invariant): Pick<Check, 'id' | 'title' | 'sees' | 'watches' | 'judge'> {
  return {
    id: `invariant ${name}`,
    title: name,
    sees: 'trace',
    ...(watches === undefined ? {} : { watches }),
    judge: ({ trace }) => {
      const broken = judge(trace);
      return broken === null ? null : violation(`${name}: ${broken}`);
    },
  };
}

function violation(headline: string): { readonly headline: string; readonly hintId: string } {
  return { headline, hintId: 'none' };
}

function planOf(mode: ExploreOptions['mode']): ExplorationPlan {
  const { samples = SAMPLES, seed = SEED, forMs } = mode ?? {};
  const sampling = { schedules: samples, seed, ...(forMs === undefined ? {} : { forMs }) };
  if (mode?.kind === 'sampled') return { mode: 'sampled', ...sampling };
  return { mode: 'exhaustive', maxSchedules: mode?.schedules ?? SCHEDULES, sampleInstead: sampling };
}

/** An error that the scenario throws belongs to its schedule. The first error of each kind is kept for `cause`. */
async function observe(
  scenario: ExploredScenario,
  context: ScenarioContext,
  thrown: Map<string, unknown>,
): Promise<{ readonly failed?: string }> {
  try {
    await scenario(context);
    return {};
  } catch (error) {
    const failed = headlineOf(error);
    if (!thrown.has(failed)) thrown.set(failed, error);
    return { failed };
  }
}

/** The first paragraph of an assertion's message. Test runners draw a comparison below it. */
function headlineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ''] = message.trim().split(/\n\s*\n/);
  const line = first.replaceAll(/\s+/g, ' ').trim();
  const named = error instanceof Error && !/^(Assertion)?Error$/.test(error.name) ? `${error.name}: ${line}` : line;
  return named === '' ? 'The scenario threw an error without a message.' : named;
}

function failureOf(check: CheckResult, thrown: ReadonlyMap<string, unknown>): Error {
  const { counterexample, message } = check;
  if (counterexample === undefined) return new NotExplored(message ?? 'The failing schedule could not be shown.');
  return new ScheduleFailed(counterexample, thrown.get(counterexample.headline));
}

function whyNot({ finding, message, checks }: LabResult): string {
  const said = message ?? checks.find((check) => check.message !== undefined)?.message ?? 'No schedule was run.';
  return inOwnWords(finding, said);
}

/** The grader speaks of labs. Here the scenario is the reader's own, so the words change. */
function inOwnWords(finding: FindingKind | undefined, message: string): string {
  return finding === 'scenario-waits'
    ? 'Nothing is left to happen, and the scenario still waits: it awaits something that the world never settles. Await SDK calls of `world.clients`, `world.fetch`, `world.sleep` and `world.waitUntil` only.'
    : message;
}
