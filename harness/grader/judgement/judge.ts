/**
 * Turns what exploration found into the result: statuses, points, counterexamples with their explanation.
 *
 * It says only what was done. Other modules turn the result into words for the terminal and the page.
 */

import type { Check, Scenario } from '../../course/lab.ts';
import { startHost } from '../../platform/start-host.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { CheckExploration, ScenarioExploration } from '../exploration/exploration.ts';
import { numbersOf } from '../exploration/numbers.ts';
import type { CheckResult, LabResult, Notice } from '../result.ts';
import type { Submission } from '../submission/submission.ts';
import { STEP_LIMIT_BUSY_MS } from '../workers/local-worker.ts';
import { counterexampleOf } from './counterexample.ts';
import { type About, assemble } from './lab-result.ts';
import { nothingPutToTheTest } from './points.ts';
import type { ShownFailure } from './shown-failure.ts';
import { judgeTemplate } from './template-checks.ts';
import { unawaitedCalls, wasCut } from './unawaited-calls.ts';

export interface Judged {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
  /** The exploration was done before, and nothing that it depends on has changed since. */
  readonly cached: boolean;
  /** The simplest failure of each check that failed, by the check's id; a `reach` check has none. */
  readonly shown: ReadonlyMap<string, ShownFailure>;
}

/** Whether the check failed: a `reach` check if no run shows it, any other if a run breaks it. */
export function isBroken({ check, reached, simplest }: CheckExploration): boolean {
  return check.kind === 'reach' ? !reached : simplest !== null;
}

/** At most this much of the learner's output is kept in a result. */
const OUTPUT_CHARACTERS = 2_000;

/** The result of a submission that could be run. */
export async function resultOf(about: About, submission: Submission, judged: readonly Judged[]): Promise<LabResult> {
  const checks: CheckResult[] = [];
  for (const check of about.lab.checks) {
    for (const one of judged) {
      const state = one.exploration.checks.find((candidate) => candidate.check === check);
      if (state === undefined) continue;
      const result = judgeCheck(about, submission, one, state);
      checks.push(one.cached ? asCached(result) : result);
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

function judgeCheck(
  { lab }: About,
  submission: Submission,
  { scenario, exploration, shown: allShown }: Judged,
  state: CheckExploration,
): CheckResult {
  const { check, simplest: failure } = state;
  const base = {
    id: check.id,
    task: check.task,
    title: check.title,
    kind: check.kind,
    maxPoints: check.points,
    exploration: numbersOf(scenario, exploration, state),
  };
  if (!isBroken(state)) return { ...base, ...held(check, exploration) };
  const violation = failure?.violation;
  const told = {
    ...base,
    status: 'fail',
    points: 0,
    message: violation?.headline ?? '',
    ...(violation === undefined ? {} : { hintId: violation.hintId }),
  } as const;
  if (check.kind === 'reach') return told;
  const shown = allShown.get(check.id);
  invariant(failure !== null && shown !== undefined, `the failure of «${check.id}» was shown`);
  const { advice } = shown.explanation;
  const counterexample = counterexampleOf(lab, submission, { scenario, exploration, state, failure, shown });
  return {
    ...told,
    message: advice === undefined ? told.message : `${withStop(told.message)} ${advice}`,
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

/** The calls that are not awaited, in the scenarios that could not be explored to their end. */
async function unawaited(about: About, submission: Submission, judged: readonly Judged[]): Promise<readonly Notice[]> {
  const cut = judged.filter(wasCut);
  if (cut.length === 0) return [];
  const { platform, host: kind } = about;
  const host = await startHost(platform, kind, submission.sources, { stepLimitMs: STEP_LIMIT_BUSY_MS, locate: false });
  try {
    return await unawaitedCalls(cut, { platform, submission, host });
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
