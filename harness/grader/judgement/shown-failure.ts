/**
 * The failure that a result shows: the simplest failing run, run once more with the lines of code, and explained.
 *
 * It knows nothing of results; `counterexample.ts` beside it makes one of what is shown here.
 */

import type { Check, Violation } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, replay, seeded } from '../../simulator/kernel/choices.ts';
import { RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import type { Trace } from '../../simulator/trace.ts';
import { explainByTrying } from '../counterfactual/explain-by-trying.ts';
import { NotShownAgain, shownAgain } from '../determinism/not-shown-again.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import type { Failure } from '../exploration/exploration.ts';
import { eventsWatchedBy } from '../exploration/watched.ts';

export interface ShownFailure {
  readonly violation: Violation;
  readonly trace: Trace;
  readonly explanation: Explanation;
}

/**
 * Runs the failure once more. It must break the check in the same words. `checks`: all of the scenario's, which a
 * counterfactual has to satisfy. Rejects with {@link NotShownAgain} if it does not happen again.
 */
export async function showFailure(
  running: ScenarioRunner,
  checks: readonly Check[],
  check: Check,
  failure: Failure,
): Promise<ShownFailure> {
  const runner = { ...running, watched: eventsWatchedBy(checks) ?? new Map() };
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
      : await explainByTrying(runner, checks, { trace, run: racing }, violation);
  return { violation, trace, explanation };
}

function choicesOf({ record, seed }: Failure): Choices {
  return seed === undefined ? replay(record.map(({ chosen }) => chosen)) : seeded(seed);
}
