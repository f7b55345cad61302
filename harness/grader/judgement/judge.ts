/**
 * Turns what exploration found into the result: statuses, points, counterexamples with their explanation.
 *
 * It says only what was done. Other modules turn the result into words for the terminal and the page.
 */

import type { Check, Scenario } from '../../course/lab.ts';
import { HostStopped } from '../../host/stopped.ts';
import { startHost } from '../../platform/start-host.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { findingOfDivergence } from '../determinism/not-shown-again.ts';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import { numbersOf } from '../exploration/numbers.ts';
import { findingOfStop } from '../findings/stop-finding.ts';
import type { CheckResult, LabResult, Notice } from '../result.ts';
import type { Submission } from '../submission/submission.ts';
import { STEP_LIMIT_BUSY_MS } from '../workers/local-worker.ts';
import { type About, assemble } from './lab-result.ts';
import { nothingPutToTheTest } from './points.ts';
import { type FailedCheck, type Running, type ShownFailure, showFailure } from './shown-failure.ts';
import { judgeTemplate } from './template-checks.ts';
import { unawaitedCalls, wasCut } from './unawaited-calls.ts';
import { unjudged } from './unjudged.ts';

export interface Judged {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
  /** The exploration was done before, and nothing that it depends on has changed since. */
  readonly cached: boolean;
}

/** At most this much of the learner's output is kept in a result. */
const OUTPUT_CHARACTERS = 2_000;

/** The result of a submission that could be run. */
export async function resultOf(about: About, submission: Submission, judged: readonly Judged[]): Promise<LabResult> {
  try {
    return await judgeAll(about, submission, judged);
  } catch (error) {
    // A failure is run once more to be shown. If it does not happen again, it can't be judged.
    if (error instanceof Divergence) return unjudged(about, [findingOfDivergence(error)], submission.files);
    if (error instanceof HostStopped)
      return unjudged(about, [findingOfStop(error, submission.locate)], submission.files);
    throw error;
  }
}

async function judgeAll(about: About, submission: Submission, judged: readonly Judged[]): Promise<LabResult> {
  const checks: CheckResult[] = [];
  for (const check of about.lab.checks) {
    for (const { scenario, exploration, cached } of judged) {
      const state = exploration.checks.find((candidate) => candidate.check === check);
      if (state === undefined) continue;
      const result = await judgeCheck(about, submission, { scenario, exploration, state });
      checks.push(cached ? asCached(result) : result);
    }
  }
  checks.push(...judgeTemplate(about.lab, submission.files.get(TEMPLATE) ?? '', TEMPLATE));
  const output = checks
    .flatMap(({ counterexample }) => counterexample?.trace ?? [])
    .flatMap(({ event }) => (event.kind === 'log' ? [event.line] : []));
  return assemble(about, checks, {
    notices: [...(await unawaited(about, submission, judged)), ...noticesOf(submission)],
    outcome: checks.every(({ status }) => status === 'pass') ? 'pass' : 'fail',
    ...(output.length === 0 ? {} : { learnerOutput: output.join('\n').slice(0, OUTPUT_CHARACTERS) }),
  });
}

async function judgeCheck(about: About, submission: Submission, judged: FailedCheck): Promise<CheckResult> {
  const { scenario, exploration, state } = judged;
  const { check, simplest } = state;
  const base = {
    id: check.id,
    task: check.task,
    title: check.title,
    kind: check.kind,
    maxPoints: check.points,
    exploration: numbersOf(scenario, exploration, state),
  };
  const failed = check.kind === 'reach' ? !state.reached : simplest !== null;
  if (!failed) return { ...base, ...held(check, exploration) };
  const violation = simplest?.violation;
  const told = {
    ...base,
    status: 'fail',
    points: 0,
    message: violation?.headline ?? '',
    ...(violation === undefined ? {} : { hintId: violation.hintId }),
  } as const;
  if (check.kind === 'reach') return told;
  const { counterexample, advice } = await show(about, submission, judged);
  const message = advice === undefined ? told.message : `${withStop(told.message)} ${advice}`;
  return {
    ...told,
    message,
    ...(counterexample.frame === undefined ? {} : { frame: counterexample.frame }),
    counterexample,
  };
}

/** A check that holds passes only if what endangers it came up in some schedule. */
function held(
  { points, provokedBy }: Check,
  { checks }: ScenarioExploration,
): Pick<CheckResult, 'status' | 'points' | 'message'> {
  const danger = checks.find(({ check }) => check.id === provokedBy);
  if (danger === undefined || danger.reached) return { status: 'pass', points };
  return {
    status: 'not-provoked',
    points: 0,
    message: nothingPutToTheTest(danger.check, 'was seen under no schedule'),
  };
}

/** Each schedule that is shown has already run to its end once, so the host need not watch for hangs. */
const LIMITS = { stepLimitMs: STEP_LIMIT_BUSY_MS, locate: false };

function show(about: About, submission: Submission, failed: FailedCheck): Promise<ShownFailure> {
  return onFreshHost(about, submission, (running) => showFailure(about.lab, failed, running));
}

/** The calls that nobody waits for, in the scenarios that could not be explored to their end. */
async function unawaited(about: About, submission: Submission, judged: readonly Judged[]): Promise<readonly Notice[]> {
  const cut = judged.filter(wasCut);
  return cut.length === 0 ? [] : onFreshHost(about, submission, (running) => unawaitedCalls(cut, running));
}

async function onFreshHost<Done>(
  { platform, host: kind }: About,
  submission: Submission,
  work: (running: Running) => Promise<Done>,
): Promise<Done> {
  const host = await startHost(platform, kind, submission.sources, LIMITS);
  try {
    return await work({ platform, submission, host });
  } finally {
    host.close();
  }
}

/** What the template asks for and the simulator does not do, each listed once. */
function noticesOf({ stacks }: Submission): readonly Notice[] {
  const messages = [...stacks.values()].flat().flatMap(({ deployment }) => deployment.notices);
  return [...new Set(messages)].map((message): Notice => ({ kind: 'not-enforced', message }));
}

function asCached(result: CheckResult): CheckResult {
  return result.exploration === undefined
    ? result
    : { ...result, exploration: { ...result.exploration, cached: true } };
}

function withStop(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
