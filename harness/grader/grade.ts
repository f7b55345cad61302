/**
 * Grades a submission: prepares it, explores its scenarios, judges, explains, and assembles one result.
 *
 * Terminal, page, tests and files all use this one entrance. It prints nothing and never decides by a clock.
 */

import type { Lab, Scenario } from '../course/lab.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import type { HostKind, Platform } from '../platform/platform.ts';
import { invariant } from '../simulator/kernel/bug.ts';
import type { ExplorationCache } from './cache/exploration-cache.ts';
import { resultsInOrder, resultsOneByOne } from './exploration/in-order.ts';
import { exploreInParts } from './exploration/in-parts.ts';
import type { Finding } from './findings/finding.ts';
import { explorationsUntilFailure, withoutUnexplored } from './first-failure.ts';
import { type Judged, resultOf } from './judgement/judge.ts';
import { requireJudgeable } from './judgement/judgeable.ts';
import type { ShownFailure } from './judgement/shown-failure.ts';
import { unjudged } from './judgement/unjudged.ts';
import type { LabResult } from './result.ts';
import { dataOf, prepare, type Submission } from './submission/submission.ts';
import { LocalWorker } from './workers/local-worker.ts';
import { labData } from './workers/messages.ts';
import { WorkerPool } from './workers/pool.ts';
import { ThreadWorker } from './workers/thread-worker.ts';

export interface GradeRequest {
  readonly platform: Platform;
  readonly lab: Lab;
  /** Editable path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly host: HostKind;
  /** How the SDK's calls run. Both ways give the same result; `direct` unless a test asks for the other. */
  readonly sdkMode?: SdkMode;
  /** Replaces the seeds of sampled scenarios. */
  readonly seed?: number;
  /** Explorations that were done before. Only for labs of the course, because their functions are files of the harness. */
  readonly cache?: ExplorationCache;
  /** Threads that may explore beside this one. They make no difference to the result. Only for labs of the course. */
  readonly workers?: WorkerThreads;
  /**
   * Stops when the first task that fails is known. The result says nothing of scenarios behind: their checks are not in it. Scenarios should
   * come in the order of their tasks.
   */
  readonly untilFailure?: boolean;
  onProgress?(progress: GradeProgress): void;
  readonly signal?: AbortSignal;
}

export interface GradeProgress {
  /** The scenario's title. */
  readonly scenario: string;
  readonly explored: number;
  /** What a failing schedule of this scenario has broken, in one sentence, as soon as one is known. */
  readonly broken?: string;
  /** Nothing is left to explore in this scenario. Its checks are judged when all scenarios have ended. */
  readonly ended?: true;
}

export interface WorkerThreads {
  /** How many threads explore, this one among them. */
  readonly most: number;
  /** The file that a thread runs: it knows the course, and calls `serveTasks`. */
  readonly script: URL;
}

/** Larger than the number of parts of any exploration, so that all parts of one scenario come before those of the next. */
const MOST_PARTS = 1_000_000;

/** Grades. Rejects only with bugs of ours and with the caller's own abort. */
export async function grade(request: GradeRequest): Promise<LabResult> {
  const startedMs = performance.now();
  const { platform, lab, files, host, cache } = request;
  requireJudgeable(lab);
  const prepared = await prepare(platform, lab, files, request.sdkMode);
  const sha256 = prepared.ok ? prepared.submission.sha256 : prepared.sha256;
  const about = { platform, lab, host, sha256, startedMs };
  if (!prepared.ok) return unjudged(about, prepared.findings, files);
  const { submission } = prepared;
  const explored = await exploreAll(request, submission);
  if (explored.kind !== 'finding') {
    const { judged } = explored;
    const judgedLab = request.untilFailure === true ? withoutUnexplored(lab, judged) : lab;
    return resultOf({ ...about, lab: judgedLab }, submission, judged);
  }
  // A cached failure is run again to be shown. If that fails, the cache was wrong, and no code is to blame for it.
  if (explored.cached && cache !== undefined) return grade({ ...request, cache: cache.withoutReading() });
  return unjudged(about, [explored.finding], files);
}

/** `cached`: the exploration came from the cache, and its failure could not be shown. */
type Found = { readonly kind: 'finding'; readonly finding: Finding; readonly cached: boolean };
type Explored = { readonly kind: 'explored'; readonly explored: Omit<Judged, 'shown'> };

/** Explores the scenarios, shows their failures, and reads the outcomes in the lab's order, up to the first that can't be judged. */
async function exploreAll(
  request: GradeRequest,
  submission: Submission,
): Promise<{ readonly kind: 'explored'; readonly judged: readonly Judged[] } | Found> {
  const { scenarios } = request.lab;
  const { untilFailure = false, lab } = request;
  const turns = untilFailure ? scenarios : inTurn(scenarios);
  const isEnough = untilFailure ? explorationsUntilFailure(lab) : () => false;
  const pool = poolFor(request, submission);
  try {
    const inOrder = untilFailure ? resultsOneByOne : resultsInOrder;
    const outcomes = await inOrder(
      scenarios.map((scenario) => async (stop) => {
        const turn = turns.indexOf(scenario);
        const explored = await exploreOrRecall(request, submission, pool, scenario, turn, stop);
        return explored.kind === 'finding' ? explored : showFailures(pool, explored.explored, turn, stop);
      }),
      (outcome) => outcome.kind === 'finding' || isEnough(outcome.judged),
      request.signal,
    );
    const found = outcomes.find((outcome) => outcome.kind === 'finding');
    if (found !== undefined) return found;
    return { kind: 'explored', judged: outcomes.flatMap((one) => (one.kind === 'judged' ? [one.judged] : [])) };
  } finally {
    await pool.close();
  }
}

/**
 * The order in which scenarios are begun. The first comes first: a learner waits for its verdict. Then those that are sampled:
 * each is one long task, and begun last it would leave all workers but one idle.
 */
function inTurn([first, ...others]: readonly Scenario[]): readonly Scenario[] {
  const [sampled, divisible] = [true, false].map((wanted) =>
    others.filter(({ plan }) => (plan.mode === 'sampled') === wanted),
  );
  return [...(first === undefined ? [] : [first]), ...(sampled ?? []), ...(divisible ?? [])];
}

/** A pool with a worker in this thread, and with workers in further threads if the caller has a script for them. */
function poolFor(request: GradeRequest, submission: Submission): WorkerPool {
  const { platform, lab, host, seed, workers } = request;
  const { startThread } = platform;
  const options = { host, ...(seed === undefined ? {} : { seed }) };
  return new WorkerPool({
    here: new LocalWorker({ ...options, platform, lab, submission }),
    mostElsewhere: startThread === null ? 0 : (workers?.most ?? 1) - 1,
    startElsewhere() {
      invariant(workers !== undefined && startThread !== null, 'threads and a script for them were given');
      const order = { ...options, lab: labData(lab), submission: dataOf(submission) };
      return new ThreadWorker(startThread(workers.script), lab, order);
    },
  });
}

/** The exploration of one scenario: from the cache if it is stored there, else by the pool. */
async function exploreOrRecall(
  request: GradeRequest,
  submission: Submission,
  pool: WorkerPool,
  scenario: Scenario,
  turn: number,
  signal: AbortSignal,
): Promise<Explored | Found> {
  const { lab, cache, onProgress } = request;
  const options = howToExplore(request);
  const checks = lab.checks.filter((check) => check.scenario === scenario.name);
  const key = { lab, scenario, checks, submission, options };
  const before = cache?.find(key) ?? null;
  if (before !== null) {
    onProgress?.({ scenario: scenario.title, explored: before.explored, ended: true });
    return { kind: 'explored', explored: { scenario, exploration: before, cached: true } };
  }
  const startedModules = new Set<string>();
  const progress = new ProgressOfParts(scenario.title, (state) => onProgress?.(state));
  const outcome = await exploreInParts({
    ...options,
    scenario,
    signal,
    async explorePart(part, number, stop) {
      const control = {
        signal: stop,
        onProgress: (count: number, broken?: string) => progress.tell(number, count, broken),
      };
      const task = { kind: 'explore', scenario: scenario.name, part } as const;
      const result = await pool.submit(turn * MOST_PARTS + number, task, control);
      invariant(result.kind !== 'shown', 'a part of an exploration is explored');
      if (result.kind === 'divided') progress.beginAnew();
      if (result.kind === 'explored') progress.tell(number, result.exploration.explored);
      if (result.kind !== 'finding') for (const module of result.startedModules) startedModules.add(module);
      return result;
    },
  });
  if (outcome.kind === 'finding') return { ...outcome, cached: false };
  progress.end();
  cache?.store(key, outcome.exploration, [...startedModules]);
  return { kind: 'explored', explored: { scenario, exploration: outcome.exploration, cached: false } };
}

/** What an exploration's outcome depends on, beside the lab and the submission. */
function howToExplore({ host, sdkMode, seed }: GradeRequest): Pick<GradeRequest, 'host' | 'sdkMode' | 'seed'> {
  return { host, ...(sdkMode === undefined ? {} : { sdkMode }), ...(seed === undefined ? {} : { seed }) };
}

/** Has the simplest failure of each failed check of a scenario shown, each as a task of its own. */
async function showFailures(
  pool: WorkerPool,
  explored: Omit<Judged, 'shown'>,
  turn: number,
  signal: AbortSignal,
): Promise<{ readonly kind: 'judged'; readonly judged: Judged } | Found> {
  const { scenario, exploration, cached } = explored;
  const shown = new Map<string, ShownFailure>();
  const tasks = exploration.checks.flatMap(({ check, simplest: failure }) =>
    check.kind === 'reach' || failure === null
      ? []
      : [{ kind: 'show', scenario: scenario.name, check: check.id, failure } as const],
  );
  const outcomes = await Promise.all(
    tasks.map(async (task, number) => {
      const position = (turn + 1) * MOST_PARTS - tasks.length + number;
      return { check: task.check, outcome: await pool.submit(position, task, { signal, onProgress: () => {} }) };
    }),
  );
  for (const { check, outcome } of outcomes) {
    if (outcome.kind === 'finding') return { ...outcome, cached };
    invariant(outcome.kind === 'shown', 'a failure is shown or is a finding');
    shown.set(check, outcome.failure);
  }
  return { kind: 'judged', judged: { ...explored, shown } };
}

/** How many schedules of one scenario have been explored so far, summed over its parts. */
class ProgressOfParts {
  readonly #explored = new Map<number, number>();
  readonly #scenario: string;
  readonly #onProgress: (progress: GradeProgress) => void;
  #broken: string | undefined;

  constructor(scenario: string, onProgress: (progress: GradeProgress) => void) {
    this.#scenario = scenario;
    this.#onProgress = onProgress;
  }

  tell(part: number, explored: number, broken?: string): void {
    this.#explored.set(part, explored);
    this.#broken ??= broken;
    this.#onProgress(this.#state());
  }

  /** Nothing is left to explore. */
  end(): void {
    this.#onProgress({ ...this.#state(), ended: true });
  }

  /** The scenario was divided: the parts explore again what the whole had explored, so counting begins again. */
  beginAnew(): void {
    this.#explored.clear();
  }

  #state(): GradeProgress {
    const explored = [...this.#explored.values()].reduce((all, one) => all + one, 0);
    return { scenario: this.#scenario, explored, ...(this.#broken === undefined ? {} : { broken: this.#broken }) };
  }
}
