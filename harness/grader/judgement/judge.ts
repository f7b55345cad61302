/**
 * From what exploration found to the result: statuses, points, counterexamples with their explanation.
 *
 * Says what was done and never more. Words for the terminal and the page are made from the result elsewhere.
 */

import type { Lab, Scenario } from '../../course/lab.ts';
import type { HostKind } from '../../host/start.ts';
import { HostStopped } from '../../host/stopped.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import type { Host } from '../../simulator/host.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { type Choices, Divergence, replay as replayChoices, seeded } from '../../simulator/kernel/choices.ts';
import { RacingRun } from '../../simulator/kernel/noted-run/races-of-run.ts';
import { HARNESS_VERSION } from '../../version.ts';
import { explainByTrying } from '../counterfactual/explain-by-trying.ts';
import { findingOfDivergence, NotShownAgain, shownAgain } from '../determinism/not-shown-again.ts';
import { explain } from '../explain/explain.ts';
import type { CheckExploration, Failure, ScenarioExploration } from '../exploration/explore-scenario.ts';
import { howSimple, numbersOf } from '../exploration/numbers.ts';
import { eventsWatchedBy } from '../exploration/watched.ts';
import { type Finding, findingOfStop } from '../findings/finding.ts';
import { writeToken } from '../replay/token.ts';
import type { CheckResult, Counterexample, LabResult, Notice, Outcome } from '../result.ts';
import { lineOf, type Submission } from '../submission/submission.ts';
import { judgeTemplate } from './template-checks.ts';

export interface Judged {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
  /** It was done before, and nothing has changed since that it depends on. */
  readonly cached: boolean;
}

export interface About {
  readonly lab: Lab;
  readonly host: HostKind;
  readonly sha256: string;
  readonly startedMs: number;
}

type StartHost = (kind: HostKind) => Promise<Host & { close(): void }>;

/** The learner's output of one run, in a result. */
const OUTPUT_CHARACTERS = 2_000;

/** The result of a submission that could be run. */
export async function resultOf(
  about: About,
  submission: Submission,
  judged: readonly Judged[],
  start: StartHost,
): Promise<LabResult> {
  try {
    return await judgeAll(about, submission, judged, start);
  } catch (error) {
    // Failures are run once more to be shown. What does not happen again can't be judged, whoever's state it was.
    if (error instanceof Divergence) return unjudged(about, [findingOfDivergence(error)], submission.files);
    if (error instanceof HostStopped)
      return unjudged(about, [findingOfStop(error, submission.locate)], submission.files);
    throw error;
  }
}

async function judgeAll(
  about: About,
  submission: Submission,
  judged: readonly Judged[],
  start: StartHost,
): Promise<LabResult> {
  const checks: CheckResult[] = [];
  for (const check of about.lab.checks) {
    for (const { scenario, exploration, cached } of judged) {
      const state = exploration.checks.find((candidate) => candidate.check === check);
      if (state === undefined) continue;
      const result = await judgeCheck(about, submission, scenario, exploration, state, start);
      checks.push(cached ? asCached(result) : result);
    }
  }
  checks.push(...judgeTemplate(about.lab, submission.files.get(TEMPLATE) ?? '', TEMPLATE));
  const notices = [...submission.stacks.values()].flatMap(({ deployment }) =>
    deployment.notices.map((message): Notice => ({ kind: 'not-enforced', message })),
  );
  const output = checks
    .flatMap(({ counterexample }) => counterexample?.trace ?? [])
    .flatMap(({ event }) => (event.kind === 'log' ? [event.line] : []));
  return assemble(about, checks, {
    notices: distinct(notices),
    outcome: checks.every(({ status }) => status === 'pass') ? 'pass' : 'fail',
    ...(output.length === 0 ? {} : { learnerOutput: output.join('\n').slice(0, OUTPUT_CHARACTERS) }),
  });
}

/** The result of a submission whose code or template can't be judged: every check says why, none passes. */
export function unjudged(about: About, findings: readonly Finding[], files: ReadonlyMap<string, string>): LabResult {
  const [first] = findings;
  const message = findings.map(sentence).join('\n');
  const frame = first?.frame;
  const shown =
    frame === undefined ? {} : { frame: { ...frame, text: frame.text ?? lineOf(files, frame.file, frame.line) } };
  const templateChecks = (about.lab.templateChecks ?? []).map((check) => ({ ...check, kind: 'template' }) as const);
  const checks = [...about.lab.checks, ...templateChecks].map(
    ({ id, task, title, kind, points }): CheckResult => ({
      id,
      task,
      title,
      kind,
      status: 'error',
      points: 0,
      maxPoints: points,
      message,
      ...shown,
    }),
  );
  return assemble(about, checks, { notices: [], outcome: 'fail', message });
}

function sentence({ message, frame }: Finding): string {
  return frame === undefined ? message : `${frame.file}:${frame.line} — ${message}`;
}

function assemble(
  about: About,
  checks: readonly CheckResult[],
  rest: { notices: readonly Notice[]; outcome: Outcome; message?: string; learnerOutput?: string },
): LabResult {
  const plannedChecks = about.lab.checks.length + (about.lab.templateChecks?.length ?? 0);
  invariant(checks.length === plannedChecks, `${checks.length} checks of ${plannedChecks} were judged`);
  return {
    schema: 'raceproof-result/1',
    lab: about.lab.slug,
    labVersion: about.lab.version,
    labTitle: about.lab.title,
    harness: HARNESS_VERSION,
    node: process.version,
    target: 'simulator',
    host: about.host,
    durationMs: Math.round(performance.now() - about.startedMs),
    score: { earned: sum(checks.map(({ points }) => points)), max: sum(checks.map(({ maxPoints }) => maxPoints)) },
    checks,
    integrity: { submissionSha256: about.sha256, plannedChecks },
    ...rest,
  };
}

async function judgeCheck(
  about: About,
  submission: Submission,
  scenario: Scenario,
  exploration: ScenarioExploration,
  state: CheckExploration,
  start: StartHost,
): Promise<CheckResult> {
  const { check } = state;
  const base = {
    id: check.id,
    task: check.task,
    title: check.title,
    kind: check.kind,
    maxPoints: check.points,
    exploration: numbersOf(scenario, exploration, state),
  };
  const failed = check.kind === 'reach' ? !state.reached : state.simplest !== null;
  if (!failed) return { ...base, status: 'pass', points: check.points };
  const violation = state.simplest?.violation;
  const told = {
    ...base,
    status: 'fail',
    points: 0,
    message: violation?.headline ?? '',
    ...(violation === undefined ? {} : { hintId: violation.hintId }),
  } as const;
  if (check.kind === 'reach') return told;
  const { counterexample, advice } = await showFailure(about, submission, scenario, exploration, state, start);
  const message = advice === undefined ? told.message : `${withStop(told.message)} ${advice}`;
  return {
    ...told,
    message,
    ...(counterexample.frame === undefined ? {} : { frame: counterexample.frame }),
    counterexample,
  };
}

/** Runs the simplest failure again, now with the lines of code, and explains it. */
async function showFailure(
  about: About,
  submission: Submission,
  scenario: Scenario,
  exploration: ScenarioExploration,
  state: CheckExploration,
  start: StartHost,
): Promise<{ readonly counterexample: Counterexample; readonly advice: string | undefined }> {
  const { simplest, check } = state;
  if (simplest === null) throw new Error('there is no failure to show');
  const host = await start(about.host);
  try {
    const judging = about.lab.checks.filter((other) => other.scenario === scenario.name);
    const watched = eventsWatchedBy(judging) ?? new Set();
    const runner = { submission, scenario, host, sdk: new ScenarioSdk(), watched };
    const racing = simplest.seed === undefined ? new RacingRun(choicesOf(simplest)) : null;
    const choices = racing ?? choicesOf(simplest);
    const run = runScenario(runner, choices, 'show');
    const { trace, result } = await shownAgain(runner, run, choices);
    const violation = check.judge({ observation: result ?? {}, trace });
    if (violation?.headline !== simplest.violation.headline)
      throw await NotShownAgain.otherVerdict(runner, check, choices.record, trace, simplest.violation, violation);
    const { because, advice, frame, swap } =
      racing === null
        ? explain(trace, violation)
        : await explainByTrying(runner, judging, { trace, run: racing }, violation);
    const counterexample: Counterexample = {
      token: writeToken({
        lab: about.lab.slug,
        labVersion: about.lab.version,
        scenario: scenario.name,
        code: about.sha256.slice(0, 8),
        ...(simplest.seed === undefined ? { record: simplest.record } : { seed: simplest.seed }),
      }),
      headline: violation.headline,
      shortest: howSimple(exploration, state),
      because,
      trace,
      ...(swap === undefined ? {} : { swap }),
      ...(frame === undefined ? {} : { frame: { ...frame, text: lineOf(submission.files, frame.file, frame.line) } }),
    };
    return { counterexample, advice };
  } finally {
    host.close();
  }
}

function asCached(result: CheckResult): CheckResult {
  return result.exploration === undefined
    ? result
    : { ...result, exploration: { ...result.exploration, cached: true } };
}

function withStop(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** The same run once more. */
function choicesOf({ record, seed }: Failure): Choices {
  return seed === undefined ? replayChoices(record.map(({ chosen }) => chosen)) : seeded(seed);
}

function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [notice.message, notice])).values()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
