/**
 * Simplifies a failure that was found at random: undoes deviations from the ordinary course while the same check still fails.
 *
 * The result is the simplest of the runs that were tried, and nothing more is claimed.
 */

import type { Check, Observation } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, Divergence, replay } from '../../simulator/kernel/choices.ts';
import type { WorldRun } from '../../simulator/world.ts';
import { findingOfRun } from '../findings/run-finding.ts';
import { type CheckExploration, type Cost, cheaper, type Failure } from './exploration.ts';

/** A failure of many steps stays hard to read however much is undone, so the work on it has a limit. */
const MOST_STEPS_TO_SIMPLIFY = 20_000;

/** Puts a simpler failure into the state of each of these checks, if one is found. */
export async function simplifyFailures(runner: ScenarioRunner, checks: readonly CheckExploration[]): Promise<void> {
  for (const state of checks) {
    if (state.simplest === null || state.check.kind === 'reach') continue;
    state.simplest = await simplify(runner, state.check, state.simplest);
  }
}

async function simplify(runner: ScenarioRunner, check: Check, failure: Failure): Promise<Failure> {
  let best = failure;
  let stepsLeft = MOST_STEPS_TO_SIMPLIFY;
  // First all deviations together, then halves, then quarters …: a long run fails because of a few of its many deviations.
  for (let size = best.record.length; size >= 1; size = Math.floor(size / 2)) {
    for (let end = best.record.length; end > 0; end -= size) {
      if (stepsLeft <= 0) return best;
      const start = Math.max(0, end - size);
      if (best.record.slice(start, end).every(({ chosen }) => chosen === 0)) continue;
      stepsLeft -= best.cost.steps;
      best = (await without(runner, check, best, start, end)) ?? best;
    }
  }
  return best;
}

/** The same failure without the deviations from `start` to before `end`; null if it needs them. */
async function without(
  runner: ScenarioRunner,
  check: Check,
  best: Failure,
  start: number,
  end: number,
): Promise<Failure | null> {
  const chosen = best.record.map((pick, at) => (at >= start && at < end ? 0 : pick.chosen));
  const choices = replay(chosen.slice(0, lastDeviation(chosen) + 1));
  const candidate = await attempt(runner, choices);
  if (candidate === null || findingOfRun(candidate) !== null) return null;
  const violation = check.judge({ observation: candidate.result ?? {}, trace: candidate.trace });
  const cost: Cost = { faults: candidate.faults, ...candidate.count };
  return violation === null || cheaper(best.cost, cost) ? null : { violation, record: [...choices.record], cost };
}

/** The run of these choices; null if the record with deviations undone no longer fits. */
async function attempt(runner: ScenarioRunner, choices: Choices): Promise<WorldRun<Observation> | null> {
  try {
    return await runScenario(runner, choices, 'explore').done;
  } catch (error) {
    if (error instanceof Divergence) return null;
    throw error;
  }
}

function lastDeviation(chosen: readonly number[]): number {
  return chosen.findLastIndex((index) => index !== 0);
}
