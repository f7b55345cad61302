/**
 * Explores parts of scenarios, one after the other, and finds out whose fault it is if the host had to stop the code.
 *
 * There is one in every thread that explores. It keeps one host for the parts of one scenario. A part that hit a limit is
 * repeated alone before the learner is blamed.
 */

import type { Check, Lab, Scenario } from '../../course/lab.ts';
import { type HostKind, type HostLimits, type RunningHost, startHost } from '../../host/start.ts';
import { HostStopped } from '../../host/stopped.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { Frame } from '../../simulator/trace.ts';
import { explorePart, type Part, type PartResult } from '../exploration/part.ts';
import { type Finding, findingOfStop, handlerFrame } from '../findings/finding.ts';
import type { Submission } from '../submission/submission.ts';

/**
 * How long one step of learner's code may take before the part is repeated, alone and with the line of the hang watched
 * for, and how long then. A busy machine must not make a slow handler look like an endless one.
 */
const STEP_LIMIT_MS = 1_500;
export const STEP_LIMIT_ALONE_MS = 5_000;
/** Soon enough to be there before the memory is full again. */
const LOOK_AFTER_MS = 150;

/** What is to be explored, and of what. */
export interface Task {
  /** By name. */
  readonly scenario: string;
  readonly part: Part;
}

export interface Following {
  readonly signal: AbortSignal;
  onProgress(explored: number): void;
}

export type Outcome =
  | (PartResult & {
      /** The modules whose code was started in some schedule. */
      readonly startedModules: readonly string[];
    })
  | { readonly kind: 'finding'; readonly finding: Finding };

/** What is kept for the parts of one scenario. */
interface Opened {
  readonly scenario: string;
  readonly host: RunningHost;
  readonly sdk: ScenarioSdk;
}

export interface ExplorerOptions {
  readonly lab: Lab;
  readonly submission: Submission;
  readonly host: HostKind;
  readonly seed?: number;
}

export class Explorer {
  readonly #options: ExplorerOptions;
  #open: Opened | null = null;

  constructor(options: ExplorerOptions) {
    this.#options = options;
  }

  /** Explores. Rejects with bugs of ours and when it is told to stop. */
  async explore(task: Task, following: Following): Promise<Outcome> {
    const { submission } = this.#options;
    try {
      return await this.#exploreOn(await this.#openFor(task.scenario), task, following);
    } catch (error) {
      this.close();
      if (following.signal.aborted || !(error instanceof HostStopped)) throw error;
      if (error.reason !== 'hang') {
        const at = await this.#whereItWas(task, following);
        return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission, at) };
      }
    }
    try {
      return await this.#alone({ stepLimitMs: STEP_LIMIT_ALONE_MS, locate: true }, task, following);
    } catch (error) {
      if (!(error instanceof HostStopped)) throw error;
      return { kind: 'finding', finding: located(findingOfStop(error, submission.locate), submission) };
    }
  }

  /** Ends the host. Another part starts another one. */
  close(): void {
    this.#open?.host.close();
    this.#open = null;
  }

  async #openFor(scenario: string): Promise<Opened> {
    if (this.#open?.scenario === scenario) return this.#open;
    this.close();
    this.#open = await this.#start(scenario, { stepLimitMs: STEP_LIMIT_MS, locate: false });
    return this.#open;
  }

  async #start(scenario: string, limits: HostLimits): Promise<Opened> {
    const { host: kind, submission } = this.#options;
    return { scenario, host: await startHost(kind, submission.sources, limits), sdk: new ScenarioSdk() };
  }

  /** Code that takes memory, time or output without end is busy at one line: looked at soon after it began, it is still there. */
  async #whereItWas(task: Task, following: Following): Promise<Frame | undefined> {
    try {
      await this.#alone({ stepLimitMs: LOOK_AFTER_MS, locate: true }, task, following);
    } catch (error) {
      if (!(error instanceof HostStopped)) throw error;
      return error.at === undefined ? undefined : this.#options.submission.locate(error.at);
    }
    return undefined;
  }

  async #alone(limits: HostLimits, task: Task, following: Following): Promise<Outcome> {
    const opened = await this.#start(task.scenario, limits);
    try {
      return await this.#exploreOn(opened, task, following);
    } finally {
      opened.host.close();
    }
  }

  /** What learners' code computes is counted for each part by itself, whatever is explored before it or beside it. */
  async #exploreOn({ host, sdk }: Opened, { scenario: name, part }: Task, following: Following): Promise<Outcome> {
    const { lab, submission, seed } = this.#options;
    const { scenario, checks } = find(lab, name);
    host.countComputingAnew();
    const options = { submission, scenario, checks, host, sdk, ...following };
    const result = await explorePart({ ...options, ...(seed === undefined ? {} : { seed }) }, part);
    if (result.kind === 'explored' && result.exploration.finding !== null)
      return { kind: 'finding', finding: located(result.exploration.finding, submission) };
    return { ...result, startedModules: host.startedModules() };
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

/** The finding with the nearest place that is known; at worst, where the handler begins, and it says that it is no more. */
function located(finding: Finding, submission: Submission, at?: Frame): Finding {
  const frame = finding.frame ?? at;
  if (frame !== undefined) return { ...finding, frame };
  if (finding.elsewhere) return finding;
  if (finding.elsewhere) return finding;
  const begins = handlerFrame(submission);
  if (begins === undefined) return finding;
  const somewhere = `It was somewhere in the handler that begins at ${begins.file}:${begins.line}, in what it calls, or in what is done when its file is loaded.`;
  return { message: `${finding.message} ${somewhere}`, frame: begins };
}
