/**
 * Finds the simplest failure of each check among all schedules, although only one schedule of each kind is run.
 *
 * Either all schedules of a kind fail or none does. So the simplest failure is the order with the fewest preemptions of some
 * failing kind. It is computed, then really run, and not claimed if the run differs. Among equally simple failures the choice
 * is always the same.
 */

import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import {
  extensionWithFewestPreemptions,
  type SimplestExtension,
} from '../../simulator/kernel/recorded-run/fewest-preemptions.ts';
import { FollowedExtension } from '../../simulator/kernel/recorded-run/followed-extension.ts';
import type { RecordedRun } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import type { HappensBefore } from '../../simulator/kernel/source-dpor/happens-before.ts';
import {
  type CheckExploration,
  type ComparedFailure,
  type Cost,
  compareFailures,
  type Failure,
} from './exploration.ts';
import type { Broken } from './session.ts';

interface Candidate extends ComparedFailure {
  /** Null for a run in its own order, for which no better order was computed. */
  readonly order: SimplestExtension | null;
}

export class SimplestFailures {
  readonly #best = new Map<CheckExploration, Candidate>();
  /** Checks that fail in a kind with too many orders to search. */
  readonly #unsure = new Set<CheckExploration>();

  /**
   * Records a kind of schedule that fails, given one of its runs.
   *
   * @param happensBefore The happens-before relation of the run.
   */
  note({ checks, cost }: Broken, run: RecordedRun, happensBefore: HappensBefore): void {
    const most = Math.max(...checks.map((state) => this.#mostPreemptions(state, cost)));
    if (most < 0) return;
    const order = extensionWithFewestPreemptions(run, happensBefore, most);
    if (order === null) return;
    for (const state of checks) {
      if (this.#mostPreemptions(state, cost) < 0) continue;
      if (order === 'too-many') this.#unsure.add(state);
      this.#consider(state, order === 'too-many' ? asItWas(run, cost) : inOrder(order, cost));
    }
  }

  /** Runs the simplest failure of each check, and puts it into the check's state. */
  async confirm(runner: ScenarioRunner): Promise<void> {
    for (const [state, { cost, order }] of this.#best) {
      const failure = order === null ? null : await really(runner, state.check, order, cost);
      if (failure !== null) state.simplest = failure;
      if (failure === null || this.#unsure.has(state)) state.simplestOfTried = true;
    }
  }

  /** How many preemptions an order of this kind may have to be as simple as the simplest so far; below 0 if it can't be. */
  #mostPreemptions(state: CheckExploration, { faults, preemptions, steps }: Cost): number {
    const best = this.#best.get(state)?.cost;
    if (best === undefined || faults < best.faults) return preemptions;
    if (faults > best.faults) return -1;
    return Math.min(preemptions, steps > best.steps ? best.preemptions - 1 : best.preemptions);
  }

  #consider(state: CheckExploration, candidate: Candidate): void {
    const best = this.#best.get(state);
    if (best === undefined || compareFailures(candidate, best) < 0) this.#best.set(state, candidate);
  }
}

function asItWas(run: RecordedRun, cost: Cost): Candidate {
  return { cost, chosen: run.telling, order: null };
}

function inOrder(order: SimplestExtension, cost: Cost): Candidate {
  return { cost: { ...cost, preemptions: order.preemptions }, chosen: order.telling, order };
}

/** Runs this order. Null if the run does not come as it was computed. */
async function really(
  runner: ScenarioRunner,
  check: Check,
  order: SimplestExtension,
  cost: Cost,
): Promise<Failure | null> {
  const choices = new FollowedExtension(order);
  try {
    const { faults, count, result = {}, trace } = await runScenario(runner, choices, 'explore').done;
    if (!choices.isFaithful) return null;
    const violation = check.judge({ observation: result, trace });
    const really = { faults, ...count };
    const isSame = compareFailures({ cost, chosen: [] }, { cost: really, chosen: [] }) === 0;
    return violation === null || !isSame ? null : { violation, record: [...choices.record], cost: really };
  } catch (error) {
    if (error instanceof Divergence) return null;
    throw error;
  }
}
