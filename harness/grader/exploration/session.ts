/**
 * The runs of one exploration: it runs each, has every check judge it and counts it. Now and then it repeats a run, to verify
 * that the code does the same twice.
 *
 * The ways of exploring beside this file decide which schedules are run.
 */

import type { Observation, Surroundings } from '../../course/lab.ts';
import type { RunPurpose } from '../../scenario/build-world.ts';
import { runScenario, SITUATION } from '../../scenario/run-scenario.ts';
import { type Choices, Divergence, type Pick, replay } from '../../simulator/kernel/choices.ts';
import { inNumbers, type LinearExtensionCount } from '../../simulator/kernel/source-dpor/linear-extensions.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { WorldRun } from '../../simulator/world.ts';
import { differenceBehind, differenceFromBefore, differenceOfRuns } from '../determinism/naming.ts';
import type { Finding } from '../findings/finding.ts';
import { findingOfRun } from '../findings/run-finding.ts';
import {
  asCompared,
  type CheckExploration,
  type Cost,
  compareFailures,
  type ExplorationOptions,
  type Failure,
  type ScenarioExploration,
} from './exploration.ts';
import { simplifyFailures } from './simplify.ts';
import { WorkMeter } from './work.ts';

/** The first runs of a part are not verified again, because the undivided scenario was already verified closely. */
const LOOKED_AT_CLOSELY = 16;
const PROGRESS_EVERY = 250;
/** After this many runs the event loop gets a turn, for Ctrl-C, timers and requests. */
const RUNS_PER_TURN = 8;

/** The checks that one run broke. No `reach` is among them. */
export interface Broken {
  readonly checks: readonly CheckExploration[];
  readonly cost: Cost;
}

/** The runs of one exploration and what they have shown so far. */
export class ExplorationSession {
  readonly #options: ExplorationOptions;
  readonly #checks: readonly CheckExploration[];
  #finding: { readonly finding: Finding; readonly record: readonly Pick[] } | null = null;
  #first: { readonly done: WorldRun<Observation>; readonly record: readonly Pick[] } | null = null;
  /** The last run. In the same situation the next run makes the same choices for a while, and must do the same there. */
  #before: { readonly trace: Trace; readonly situation: number } | null = null;
  readonly #failingOrders = new Map<CheckExploration, LinearExtensionCount>();
  explored = 0;
  readonly work: WorkMeter;
  /** What the first failing run has broken, in one sentence. */
  #headline: string | undefined;
  /** What the last run broke; null if nothing. */
  broken: Broken | null = null;

  constructor(options: ExplorationOptions) {
    this.#options = options;
    this.work = options.work ?? new WorkMeter();
    this.#checks = options.checks.map((check) => ({ check, failing: 0, simplest: null, reached: false }));
  }

  /** Whether there is a finding. Then no verdict is possible. */
  get found(): boolean {
    return this.#finding !== null;
  }

  get failed(): boolean {
    return this.#checks.some(({ check, simplest }) => check.kind !== 'reach' && simplest !== null);
  }

  result(exhaustive: boolean, seed?: number): ScenarioExploration {
    const explored = {
      exhaustive: exhaustive && this.#finding === null,
      explored: this.explored,
      checks: this.#checks,
    };
    const finding =
      this.#finding === null
        ? { finding: null }
        : { finding: this.#finding.finding, findingRecord: this.#finding.record };
    return { ...explored, ...finding, ...(seed === undefined ? {} : { seed }) };
  }

  /** Ends an exploration that did not try everything: simplifies the failures that it found. */
  async finish(seed?: number): Promise<ScenarioExploration> {
    await this.checkDeterminism();
    await simplifyFailures(this.#options, this.#checks);
    return this.result(false, seed);
  }

  /** Runs once. False if further runs make no sense. */
  async run(choices: Choices): Promise<boolean> {
    this.broken = null;
    if (this.explored % RUNS_PER_TURN === 0) await this.#options.platform.turns.nextTurn();
    this.#options.signal?.throwIfAborted();
    const last = this.#before;
    const done = await this.#attempt(choices, 'explore');
    if (done === null) return false;
    if (done.end === 'cut') return true;
    this.explored += 1;
    this.#first ??= { done, record: choices.record };
    const finding = findingOfRun(done);
    if (finding !== null) {
      const record = [...choices.record];
      const before = traceIfAlike(last, record);
      const otherwise = await differenceFromBefore(this.#options, record, before, done.trace);
      this.#finding = { finding: otherwise ?? (await this.#withPlace(finding, record)), record };
      return false;
    }
    if (!(await this.#isAsRemembered(done, choices.record))) return false;
    const hadFailed = this.#headline !== undefined;
    this.#judge(done, choices.record);
    const isNews = !hadFailed && this.#headline !== undefined;
    if (isNews || this.explored % PROGRESS_EVERY === 0) this.#options.onProgress?.(this.explored, this.#headline);
    return true;
  }

  /**
   * Explored runs record no lines, because that would cost more than the run. This repeats the run of the finding with lines.
   */
  async #withPlace(finding: Finding, record: readonly Pick[]): Promise<Finding> {
    if (finding.frame !== undefined) return finding;
    const choices = replay(record.map(({ chosen }) => chosen));
    const { world, done } = runScenario(this.#options, choices, 'show');
    try {
      return findingOfRun(await done) ?? finding;
    } catch (error) {
      if (error instanceof Divergence)
        return differenceBehind(this.#options, error, {
          world,
          record: choices.record,
          before: traceIfAlike(this.#before, choices.record),
        });
      throw error;
    }
  }

  async #attempt(choices: Choices, purpose: RunPurpose): Promise<WorldRun<Observation> | null> {
    const { world, done } = runScenario(this.#options, choices, purpose);
    try {
      const run = await done;
      choices.ended?.();
      this.work.add(run);
      this.#before = { trace: run.trace, situation: situationIn(choices.record) };
      return run;
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      const record = [...choices.record];
      const finding = await differenceBehind(this.#options, error, {
        world,
        record,
        before: traceIfAlike(this.#before, record),
      });
      this.#finding = { finding, record };
      return null;
    }
  }

  #judge(done: WorldRun<Observation>, record: readonly Pick[]): void {
    const cost: Cost = { faults: done.faults, ...done.count };
    const broken: CheckExploration[] = [];
    for (const state of this.#checks) {
      // One run is enough for a check that asks whether something can happen at all.
      if (state.check.kind === 'reach' && state.reached) continue;
      const violation = state.check.judge({ observation: done.result ?? {}, trace: done.trace });
      if (violation === null) {
        state.reached = true;
        continue;
      }
      // A run that does not show what a reach looks for has not failed.
      if (state.check.kind !== 'reach') {
        state.failing += 1;
        broken.push(state);
        this.#headline ??= violation.headline;
      }
      if (state.simplest === null || isSimpler(cost, record, state.simplest))
        state.simplest = { violation, record: [...record], cost };
    }
    if (broken.length > 0) this.broken = { checks: broken, cost };
  }

  /** Counts the orders that the last run stands for. */
  standFor({ count, atLeast }: LinearExtensionCount): void {
    for (const state of this.broken?.checks ?? []) {
      const before = this.#failingOrders.get(state);
      const orders = { count: count + (before?.count ?? 0n), atLeast: atLeast || before?.atLeast === true };
      this.#failingOrders.set(state, orders);
      state.failingOrders = inNumbers(orders);
    }
  }

  /**
   * Repeats the first schedule at the end, in each of the scenario's surroundings: neither they nor the runs between may change
   * it.
   */
  async checkDeterminism(): Promise<void> {
    if (this.#first === null || this.#finding !== null) return;
    if (this.#options.isPart === true && this.explored < LOOKED_AT_CLOSELY) return;
    const { done, record } = this.#first;
    for (const inSurroundings of [asItIs, ...(this.#options.scenario.againIn ?? [])]) {
      if (!(await inSurroundings(() => this.#doesTheSameAgain(done, record)))) return;
    }
  }

  /**
   * Exploration reuses what scenario and code did before when they were told the same. Now and then they really run, and must
   * do the same: the scenario, which may be any caller's closure, on runs 1 to 4 and 8, 16, 32 …, all code on runs 1, 16, 256
   * ….
   */
  async #isAsRemembered(done: WorldRun<Observation>, record: readonly Pick[]): Promise<boolean> {
    if (this.#options.isPart === true && this.explored < LOOKED_AT_CLOSELY) return true;
    const power = Math.log2(this.explored);
    if (!Number.isInteger(power) && this.explored > 4) return true;
    return this.#doesTheSameAgain(done, record, Number.isInteger(power / 4) ? 'verify' : 'rehearse');
  }

  async #doesTheSameAgain(
    done: WorldRun<Observation>,
    record: readonly Pick[],
    purpose: RunPurpose = 'verify',
  ): Promise<boolean> {
    const again = await this.#attempt(replay(record.map(({ chosen }) => chosen)), purpose);
    if (again === null) return false;
    const { checks } = this.#options;
    const finding = await differenceOfRuns(this.#options, checks, record, done, again);
    if (finding === null) return true;
    this.#finding = { finding, record: [...record] };
    return false;
  }
}

const asItIs: Surroundings = (run) => run();

/**
 * Of two failures with equal costs, the one whose choices come first is simpler, so the order of runs does not matter. The choices that tell records
 * apart count first, as they do where only one schedule of each kind is run.
 */
function isSimpler(cost: Cost, record: readonly Pick[], than: Failure): boolean {
  const order = compareFailures(asCompared({ cost, record }), asCompared(than));
  if (order !== 0) return order < 0;
  const at = record.findIndex(({ chosen }, position) => chosen !== than.record[position]?.chosen);
  return at >= 0 && (record[at]?.chosen ?? 0) < (than.record[at]?.chosen ?? 0);
}

/** In another situation the scenario does other things, and that is no difference to tell of. */
function traceIfAlike(
  before: { readonly trace: Trace; readonly situation: number } | null,
  record: readonly Pick[],
): Trace | null {
  return before !== null && before.situation === situationIn(record) ? before.trace : null;
}

function situationIn([first]: readonly Pick[]): number {
  return first?.reason === SITUATION ? first.chosen : 0;
}
