/**
 * Explores one scenario: every schedule, or stated samples; what each check says; the simplest run that breaks it.
 *
 * Runs and judges, words nothing. Exploration is by count, never by clock, so that it is the same on every machine.
 */

import type { Check, Observation, Violation } from '../course/lab.ts';
import { type Choices, Divergence, Exhaustive, type Pick, replay, seeded } from '../simulator/kernel/choices.ts';
import { Reduction } from '../simulator/kernel/reduction.ts';
import type { WorldRun } from '../simulator/world.ts';
import { type Finding, findingOfRun, NOT_DETERMINISTIC } from './finding.ts';
import { type RunPurpose, runScenario, type ScenarioRunner } from './run-scenario.ts';
import { runTimed } from './timed.ts';
import { eventsWatchedBy } from './watched.ts';

/** What makes one failing run simpler than another: fewest faults, then fewest switches, then shortest. */
export interface Cost {
  readonly faults: number;
  readonly switches: number;
  readonly steps: number;
}

export interface Failure {
  readonly violation: Violation;
  readonly record: readonly Pick[];
  readonly cost: Cost;
  /** Of a timed run, which stands for its whole record. */
  readonly seed?: number;
}

export interface CheckExploration {
  readonly check: Check;
  failing: number;
  /** The simplest failing run; for `reach`, the words for the case that no run shows it. */
  simplest: Failure | null;
  reached: boolean;
}

export interface ScenarioExploration {
  /** False if a cap was met: then «all» must not be said. */
  readonly exhaustive: boolean;
  readonly explored: number;
  readonly seed?: number;
  /** The seeds of timed runs. */
  readonly timedSeeds?: readonly number[];
  readonly checks: readonly CheckExploration[];
  /** How many orders the explored ones stand for, if that is more; counted exactly, or at least so many. */
  readonly standsFor?: { readonly orders: number; readonly atLeast: boolean };
  /** Why no verdict is possible; exploration ended with it. */
  readonly finding: Finding | null;
  /** The record of the run that the finding came from. */
  readonly findingRecord?: readonly Pick[];
}

/** A failing lab is explored further, so that the simplest failure is found and counted, but not without end. */
const ENOUGH_AFTER_A_FAILURE = 2_000;
/** A failure of many steps is as good as unreadable however much of it is taken back: that may not take for ever. */
const MOST_STEPS_TO_SIMPLIFY = 20_000;
const PROGRESS_EVERY = 250;
/** So often the event loop gets its turn: Ctrl-C, timers, other people's requests. */
const RUNS_PER_TURN = 8;

export interface ExploreOptions extends ScenarioRunner {
  readonly checks: readonly Check[];
  readonly seed?: number;
  onProgress?(explored: number): void;
  readonly signal?: AbortSignal;
}

/** Explores as the scenario asks. Rejects with `HostStopped` if the code had to be stopped. */
export async function explore(options: ExploreOptions): Promise<ScenarioExploration> {
  const { explore: plan } = options.scenario;
  if (plan.mode === 'timed') return runTimed(options, options.seed === undefined ? plan.seeds : [options.seed]);
  if (plan.mode === 'sampled') return sample(options, plan.schedules, options.seed ?? plan.seed);
  const proof = await prove(options, plan.maxSchedules);
  if (proof !== null) return proof;
  const all = new Exhaustive();
  const session = new Session(options);
  for (let choices = all.next(); choices !== null; choices = all.next()) {
    if (session.explored >= plan.maxSchedules && !session.failed)
      return sample(options, plan.sampleInstead.schedules, options.seed ?? plan.sampleInstead.seed);
    if (session.failed && session.explored >= ENOUGH_AFTER_A_FAILURE) return session.finish();
    if (!(await session.run(choices))) return session.result(false);
  }
  await session.checkDeterminism();
  return session.result(true);
}

/**
 * Tries one schedule of each kind. Null if that shows a failure, which is then looked for among all schedules, so that the
 * simplest one is found; or if the checks look at more than the reduction keeps.
 */
async function prove(options: ExploreOptions, maxSchedules: number): Promise<ScenarioExploration | null> {
  const watched = eventsWatchedBy(options.checks);
  if (watched === null) return null;
  const reduction = new Reduction();
  const session = new Session({ ...options, watched });
  for (let choices = reduction.next(); choices !== null; choices = reduction.next()) {
    if (!(await session.run(choices))) return session.result(false);
    if (session.failed || session.explored >= maxSchedules) return null;
  }
  await session.checkDeterminism();
  const { standsFor } = reduction;
  return { ...session.result(true), ...(standsFor === null ? {} : { standsFor }) };
}

async function sample(options: ExploreOptions, schedules: number, seed: number): Promise<ScenarioExploration> {
  const session = new Session(options);
  for (let i = 0; i < schedules; i += 1) {
    if (!(await session.run(seeded(seed + i)))) return session.result(false, seed);
  }
  return session.finish(seed);
}

/** The runs of one exploration and what they have shown so far. */
class Session {
  readonly #options: ExploreOptions;
  readonly #checks: readonly CheckExploration[];
  #finding: { readonly finding: Finding; readonly record: readonly Pick[] } | null = null;
  #first: readonly Pick[] | null = null;
  explored = 0;

  constructor(options: ExploreOptions) {
    this.#options = options;
    this.#checks = options.checks.map((check) => ({ check, failing: 0, simplest: null, reached: false }));
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

  /** The end of an exploration that did not try everything: what it found is made simpler. */
  async finish(seed?: number): Promise<ScenarioExploration> {
    await this.checkDeterminism();
    await this.simplify();
    return this.result(false, seed);
  }

  /** One run; false when there is no point in another. */
  async run(choices: Choices): Promise<boolean> {
    if (this.explored % RUNS_PER_TURN === 0) await nextTurn();
    this.#options.signal?.throwIfAborted();
    const done = await this.#attempt(choices, 'explore');
    if (done === null) return false;
    if (done.end === 'cut') return true;
    this.explored += 1;
    this.#first ??= choices.record;
    const finding = findingOfRun(done);
    if (finding !== null) {
      this.#finding = { finding: await this.#withPlace(finding, choices.record), record: [...choices.record] };
      return false;
    }
    if (isPowerOfSixteen(this.explored) && !(await this.#doesTheSameAgain(done, choices.record))) return false;
    if (this.explored % PROGRESS_EVERY === 0) this.#options.onProgress?.(this.explored);
    this.#judge(done, choices.record);
    return true;
  }

  /** Runs keep no lines, as that would cost more than the run; the one that ended exploration is run again with them. */
  async #withPlace(finding: Finding, record: readonly Pick[]): Promise<Finding> {
    if (finding.frame !== undefined) return finding;
    const choices = replay(record.map(({ chosen }) => chosen));
    try {
      return findingOfRun(await runScenario(this.#options, choices, 'show').done) ?? finding;
    } catch (error) {
      if (error instanceof Divergence) return NOT_DETERMINISTIC;
      throw error;
    }
  }

  async #attempt(choices: Choices, purpose: RunPurpose): Promise<WorldRun<Observation> | null> {
    try {
      return await runScenario(this.#options, choices, purpose).done;
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      this.#finding = { finding: NOT_DETERMINISTIC, record: [...choices.record] };
      return null;
    }
  }

  #judge(done: WorldRun<Observation>, record: readonly Pick[]): void {
    const cost: Cost = { faults: done.faults, ...done.count };
    for (const state of this.#checks) {
      const violation = state.check.judge({ observation: done.result ?? {}, trace: done.trace });
      if (violation === null) {
        state.reached = true;
        continue;
      }
      state.failing += 1;
      if (state.simplest === null || cheaper(cost, state.simplest.cost))
        state.simplest = { violation, record: [...record], cost };
    }
  }

  /** The first run once more, at the end: everything that came between must have changed nothing. */
  async checkDeterminism(): Promise<void> {
    if (this.#first === null || this.#finding !== null) return;
    const remembered = await this.#attempt(replay(this.#first.map(({ chosen }) => chosen)), 'explore');
    if (remembered !== null) await this.#doesTheSameAgain(remembered, this.#first);
  }

  /** Exploration relies on what code did before in the same place; now and then it really runs, and must do the same. */
  async #doesTheSameAgain(done: WorldRun<Observation>, record: readonly Pick[]): Promise<boolean> {
    const again = await this.#attempt(replay(record.map(({ chosen }) => chosen)), 'verify');
    if (again === null) return false;
    if (JSON.stringify(again.trace) === JSON.stringify(done.trace)) return true;
    this.#finding = { finding: NOT_DETERMINISTIC, record: [...record] };
    return false;
  }

  /** Makes a sampled failure simpler: takes deviations back, one by one, as long as the same check still fails. */
  async simplify(): Promise<void> {
    for (const state of this.#checks) {
      if (state.simplest === null || state.check.kind === 'reach') continue;
      state.simplest = await this.#simplifyOne(state.check, state.simplest);
    }
  }

  async #simplifyOne(check: Check, failure: Failure): Promise<Failure> {
    let best = failure;
    let stepsLeft = MOST_STEPS_TO_SIMPLIFY;
    // All at once, then halves, then quarters …: a long run fails for a few of its many deviations.
    for (let size = best.record.length; size >= 1; size = Math.floor(size / 2)) {
      for (let end = best.record.length; end > 0; end -= size) {
        if (stepsLeft <= 0) return best;
        const start = Math.max(0, end - size);
        if (best.record.slice(start, end).every(({ chosen }) => chosen === 0)) continue;
        stepsLeft -= best.cost.steps;
        best = (await this.#without(check, best, start, end)) ?? best;
      }
    }
    return best;
  }

  /** The same failure without the deviations from `start` to before `end`; null if it needs them. */
  async #without(check: Check, best: Failure, start: number, end: number): Promise<Failure | null> {
    const chosen = best.record.map((pick, at) => (at >= start && at < end ? 0 : pick.chosen));
    const choices = replay(chosen.slice(0, lastDeviation(chosen) + 1));
    const candidate = await this.#attemptQuietly(choices);
    if (candidate === null || findingOfRun(candidate) !== null) return null;
    const violation = check.judge({ observation: candidate.result ?? {}, trace: candidate.trace });
    const cost: Cost = { faults: candidate.faults, ...candidate.count };
    return violation === null || cheaper(best.cost, cost) ? null : { violation, record: [...choices.record], cost };
  }

  /** A record with one deviation taken back may not fit its own run any more; then it is no candidate. */
  async #attemptQuietly(choices: Choices): Promise<WorldRun<Observation> | null> {
    try {
      return await runScenario(this.#options, choices, 'explore').done;
    } catch (error) {
      if (error instanceof Divergence) return null;
      throw error;
    }
  }
}

/** 1, 16, 256 … */
function isPowerOfSixteen(n: number): boolean {
  return Number.isInteger(Math.log2(n) / 4);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function lastDeviation(chosen: readonly number[]): number {
  return chosen.findLastIndex((index) => index !== 0);
}

function cheaper(a: Cost, b: Cost): boolean {
  return (
    a.faults - b.faults < 0 ||
    (a.faults === b.faults && (a.switches < b.switches || (a.switches === b.switches && a.steps < b.steps)))
  );
}
