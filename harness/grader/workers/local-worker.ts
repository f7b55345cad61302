/**
 * The worker in this thread: performs one task after the other on its own host.
 *
 * Every exploring thread has one. It keeps one host, because starting one takes as long as exploring a small scenario. If the code had to be stopped because it took
 * too long, the task is repeated alone, on a fresh host, before the learner is blamed: no verdict depends on how busy a machine is.
 */

import type { Check, Lab, Scenario } from '../../course/lab.ts';
import { HostStopped } from '../../host/stopped.ts';
import type { HostKind, HostLimits, Platform } from '../../platform/platform.ts';
import { type RunningHost, startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import { findingOfDivergence } from '../determinism/not-shown-again.ts';
import { explorePart } from '../exploration/part.ts';
import { withNearestPlace } from '../findings/nearest-place.ts';
import { findingOfStop } from '../findings/stop-finding.ts';
import { showFailure } from '../judgement/shown-failure.ts';
import type { Submission } from '../submission/submission.ts';
import type { ShowingTask, Task, TaskControl, TaskOutcome, TaskWorker } from './task.ts';

/** The first limit for one step of learner's code, while other tasks are performed beside it. */
const STEP_LIMIT_MS = 1_500;
/** The limit when the task is repeated alone. The host then also looks up the line of a hang. */
export const STEP_LIMIT_ALONE_MS = 5_000;
/** The limit if the step hardly computed even then, because the machine is busy. */
export const STEP_LIMIT_BUSY_MS = 25_000;
/** How soon the line of code that fills memory is looked up: before the memory is full again. */
const LOOK_AFTER_MS = 150;

/** What all tasks share: every scenario runs the same code, and what is remembered of one is kept apart from the others. */
interface Opened {
  readonly host: RunningHost;
  readonly sdk: ScenarioSdk;
}

export interface LocalWorkerOptions {
  readonly platform: Platform;
  readonly lab: Lab;
  readonly submission: Submission;
  readonly host: HostKind;
  readonly seed?: number;
}

export class LocalWorker implements TaskWorker {
  readonly #options: LocalWorkerOptions;
  #open: Opened | null = null;

  constructor(options: LocalWorkerOptions) {
    this.#options = options;
  }

  async perform(task: Task, control: TaskControl): Promise<TaskOutcome> {
    try {
      this.#open ??= await this.#start({ stepLimitMs: STEP_LIMIT_MS, locate: false });
      return await this.#performOn(this.#open, task, control);
    } catch (error) {
      this.close();
      if (control.signal.aborted || !(error instanceof HostStopped)) throw error;
      if (error.reason === 'hang') return this.#repeated([STEP_LIMIT_ALONE_MS, STEP_LIMIT_BUSY_MS], task, control);
      if (error.reason !== 'slow') return this.#stopped(error, await this.#whereItWas(task, control));
    }
    try {
      return await this.#alone({ stepLimitMs: STEP_LIMIT_ALONE_MS, locate: false }, task, control);
    } catch (error) {
      if (!(error instanceof HostStopped)) throw error;
      return this.#stopped(error, await this.#whereItWas(task, control));
    }
  }

  /** Repeats a task that seemed to hang, with one limit after the other as long as it was the machine that took the time. */
  async #repeated(limitsMs: readonly number[], task: Task, control: TaskControl): Promise<TaskOutcome> {
    const [stepLimitMs = STEP_LIMIT_ALONE_MS, ...longer] = limitsMs;
    try {
      return await this.#alone({ stepLimitMs, locate: true }, task, control);
    } catch (error) {
      if (!(error instanceof HostStopped)) throw error;
      const hardlyComputed = error.reason === 'hang' && (error.computedMs ?? 0) < STEP_LIMIT_MS;
      if (hardlyComputed && longer.length > 0) return this.#repeated(longer, task, control);
      return this.#stopped(error, error.at === undefined ? await this.#whereItWas(task, control) : undefined);
    }
  }

  /** Ends the host. The next task starts another one. */
  close(): void {
    this.#open?.host.close();
    this.#open = null;
  }

  #stopped(error: HostStopped, at?: Frame): TaskOutcome {
    const { submission } = this.#options;
    return { kind: 'finding', finding: withNearestPlace(findingOfStop(error, submission.locate), submission, at) };
  }

  async #start(limits: HostLimits): Promise<Opened> {
    const { platform, host: kind, submission } = this.#options;
    return { host: await startHost(platform, kind, submission.sources, limits), sdk: new ScenarioSdk() };
  }

  /** Code that takes memory, time or output without end stays at one line, so a look soon after it began finds that line. */
  async #whereItWas(task: Task, control: TaskControl): Promise<Frame | undefined> {
    try {
      await this.#alone({ stepLimitMs: LOOK_AFTER_MS, locate: true }, task, control);
    } catch (error) {
      if (!(error instanceof HostStopped)) throw error;
      return error.at === undefined ? undefined : this.#options.submission.locate(error.at);
    }
    return undefined;
  }

  async #alone(limits: HostLimits, task: Task, control: TaskControl): Promise<TaskOutcome> {
    const opened = await this.#start(limits);
    try {
      return await this.#performOn(opened, task, control);
    } finally {
      opened.host.close();
    }
  }

  /**
   * Counts what learners' code computes for each task separately, independent of tasks that were performed earlier or in
   * parallel.
   */
  async #performOn({ host, sdk }: Opened, task: Task, control: TaskControl): Promise<TaskOutcome> {
    const { platform, lab, submission, seed } = this.#options;
    const { scenario, checks } = find(lab, task.scenario);
    host.beginExploration();
    const runner = { platform, submission, scenario, host, sdk };
    if (task.kind === 'show') return show(runner, checks, task);
    const options = { ...runner, checks, ...control };
    const result = await explorePart({ ...options, ...(seed === undefined ? {} : { seed }) }, task.part);
    if (result.kind === 'explored' && result.exploration.finding !== null)
      return { kind: 'finding', finding: withNearestPlace(result.exploration.finding, submission) };
    return { ...result, startedModules: host.startedModules() };
  }
}

/** A failure that does not happen again is a finding: its check can't be judged. */
async function show(
  runner: ScenarioRunner,
  checks: readonly Check[],
  { check: id, failure }: ShowingTask,
): Promise<TaskOutcome> {
  const check = checks.find((candidate) => candidate.id === id);
  invariant(check !== undefined, `there is no check «${id}»`);
  try {
    return { kind: 'shown', failure: await showFailure(runner, checks, check, failure) };
  } catch (error) {
    if (error instanceof Divergence) return { kind: 'finding', finding: findingOfDivergence(error) };
    throw error;
  }
}

function find(
  { scenarios, checks }: Lab,
  name: string,
): { readonly scenario: Scenario; readonly checks: readonly Check[] } {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  invariant(scenario !== undefined, `there is no scenario «${name}»`);
  return { scenario, checks: checks.filter((check) => check.scenario === name) };
}
