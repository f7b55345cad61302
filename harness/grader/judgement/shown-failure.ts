/**
 * The failure that a result shows: the simplest failing run, run once more with the lines of code, and explained.
 */

import type { Check, Lab, Scenario, Violation } from '../../course/lab.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { type Choices, replay, seeded } from '../../simulator/kernel/choices.ts';
import { RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import type { Trace } from '../../simulator/trace.ts';
import { explainByTrying } from '../counterfactual/explain-by-trying.ts';
import { NotShownAgain, shownAgain } from '../determinism/not-shown-again.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import type { CheckExploration, Failure, ScenarioExploration } from '../exploration/exploration.ts';
import { howSimple } from '../exploration/numbers.ts';
import { eventsWatchedBy } from '../exploration/watched.ts';
import { writeToken } from '../replay/token.ts';
import type { Counterexample } from '../result.ts';
import type { Submission } from '../submission/submission.ts';
import { sourceLine } from '../submission/submitted-files.ts';

/** A failing check, and the exploration that found its failures. */
export interface FailedCheck {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
  readonly state: CheckExploration;
}

export interface ShownFailure {
  readonly counterexample: Counterexample;
  /** What to do about it, if a pattern is known. */
  readonly advice: string | undefined;
}

/** The host on which a failure is shown. */
export interface Running extends Pick<ScenarioRunner, 'platform' | 'host'> {
  readonly submission: Submission;
}

/** Runs the simplest failure on this host. Rejects with {@link NotShownAgain} if it does not happen again. */
export async function showFailure(
  lab: Lab,
  { scenario, exploration, state }: FailedCheck,
  { platform, submission, host }: Running,
): Promise<ShownFailure> {
  const { simplest } = state;
  invariant(simplest !== null, 'a check that failed has a failure to show');
  const judging = lab.checks.filter((other) => other.scenario === scenario.name);
  const watched = eventsWatchedBy(judging) ?? new Map();
  const runner = { platform, submission, scenario, host, sdk: new ScenarioSdk(), watched };
  const { violation, trace, explanation } = await runAndExplain(runner, judging, state.check, simplest);
  const { because, advice, frame, swap, marked } = explanation;
  const counterexample: Counterexample = {
    token: writeToken({
      lab: lab.slug,
      labVersion: lab.version,
      scenario: scenario.name,
      code: submission.sha256.slice(0, 8),
      ...(simplest.seed === undefined ? { record: simplest.record } : { seed: simplest.seed }),
    }),
    headline: violation.headline,
    shortest: howSimple(exploration, state),
    because,
    trace,
    ...(swap === undefined ? {} : { swap }),
    ...(marked === undefined ? {} : { marked }),
    ...(frame === undefined ? {} : { frame: { ...frame, text: sourceLine(submission.files, frame.file, frame.line) } }),
  };
  return { counterexample, advice };
}

interface ExplainedFailure {
  readonly violation: Violation;
  readonly trace: Trace;
  readonly explanation: Explanation;
}

/** Repeats the run. It must break the check in the same words. */
async function runAndExplain(
  runner: ScenarioRunner,
  judging: readonly Check[],
  check: Check,
  failure: Failure,
): Promise<ExplainedFailure> {
  // In a timed run the latency model gives the order, so no two steps can be swapped.
  const racing = failure.seed === undefined ? new RacingRun(choicesOf(failure)) : null;
  const choices = racing ?? choicesOf(failure);
  const { trace, result } = await shownAgain(runner, runScenario(runner, choices, 'show'), choices);
  const violation = check.judge({ observation: result ?? {}, trace });
  if (violation?.headline !== failure.violation.headline)
    throw await NotShownAgain.otherVerdict(runner, check, choices.record, trace, failure.violation, violation);
  const explanation =
    racing === null
      ? explain(trace, violation)
      : await explainByTrying(runner, judging, { trace, run: racing }, violation);
  return { violation, trace, explanation };
}

function choicesOf({ record, seed }: Failure): Choices {
  return seed === undefined ? replay(record.map(({ chosen }) => chosen)) : seeded(seed);
}
