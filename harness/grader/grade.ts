/**
 * Grades a submission: prepares it, explores its scenarios, judges, explains, and puts one result together.
 *
 * The one entrance for terminal, page, tests and files. It prints nothing and never decides by a clock.
 */

import type { Lab, Scenario } from '../course/lab.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import { type HostKind, startHost } from '../host/start.ts';
import { invariant } from '../simulator/kernel/bug.ts';
import type { KeptExplorations } from './cache/exploration-cache.ts';
import { inOrder } from './exploration/in-order.ts';
import { exploreInParts } from './exploration/in-parts.ts';
import type { Finding } from './findings/finding.ts';
import { type Judged, resultOf, unjudged } from './judgement/judge.ts';
import { requireJudgeable } from './judgement/judgeable.ts';
import type { LabResult } from './result.ts';
import { dataOf, prepare, type Submission } from './submission/submission.ts';
import { Explorer, STEP_LIMIT_ALONE_MS } from './workers/local-worker.ts';
import { labData } from './workers/messages.ts';
import { Crew } from './workers/pool.ts';
import { ThreadLane } from './workers/thread-worker.ts';

export interface GradeRequest {
  readonly lab: Lab;
  /** Editable path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly host: HostKind;
  /** How the SDK's calls run; both ways give the same result. `direct` unless a test asks for the other. */
  readonly sdkMode?: SdkMode;
  /** Replaces the seeds of sampled scenarios. */
  readonly seed?: number;
  /** Explorations that were done before. For labs of the course only: their functions are known by the harness's own content. */
  readonly kept?: KeptExplorations;
  /** Other threads that may explore, too; they make no difference to the result. For labs of the course only. */
  readonly threads?: Threads;
  onProgress?(progress: { readonly scenario: string; readonly explored: number }): void;
  readonly signal?: AbortSignal;
}

export interface Threads {
  /** How many threads explore, this one among them. */
  readonly most: number;
  /** The file that a thread runs: it knows the course, and calls `work`. */
  readonly script: URL;
}

/** More than any exploration is divided into: the parts of one scenario come before those of the next. */
const MOST_PARTS = 1_000_000;

/** Grades. Rejects only with bugs of ours and with the caller's own abort. */
export async function grade(request: GradeRequest): Promise<LabResult> {
  const startedMs = performance.now();
  const { lab, files } = request;
  requireJudgeable(lab);
  const prepared = await prepare(lab, files, request.sdkMode);
  const about = {
    lab,
    host: request.host,
    sha256: prepared.ok ? prepared.submission.sha256 : prepared.sha256,
    startedMs,
  };
  if (!prepared.ok) return unjudged(about, prepared.findings, files);
  const { submission } = prepared;
  const judged = await exploreAll(request, submission);
  if ('message' in judged) return unjudged(about, [judged], files);
  // Each of these schedules has been run to its end before, so nobody needs to look for the line of a hang.
  const limits = { stepLimitMs: STEP_LIMIT_ALONE_MS, locate: false };
  const result = await resultOf(about, submission, judged, (kind) => startHost(kind, submission.sources, limits));
  const { kept } = request;
  if (kept === undefined || result.message === undefined || !judged.some(({ cached }) => cached)) return result;
  // A kept failure is run again to be shown. If that can't be done it was never true, and no code is to blame for it.
  return grade({ ...request, kept: kept.withoutReading() });
}

/** Explores the scenarios, and looks at them in the lab's order, up to the first that can't be judged. */
async function exploreAll(request: GradeRequest, submission: Submission): Promise<readonly Judged[] | Finding> {
  const { scenarios } = request.lab;
  const crew = crewFor(request, submission);
  try {
    const outcomes = await inOrder(
      scenarios.map((scenario, index) => (stop) => exploreOrRemember(request, submission, crew, scenario, index, stop)),
      ({ kind }) => kind === 'finding',
      request.signal,
    );
    const found = outcomes.find(({ kind }) => kind === 'finding');
    if (found?.kind === 'finding') return found.finding;
    return outcomes.flatMap((outcome) => (outcome.kind === 'explored' ? [outcome.judged] : []));
  } finally {
    await crew.close();
  }
}

/** This thread, and others beside it where the caller has a script for them. */
function crewFor(request: GradeRequest, submission: Submission): Crew {
  const { lab, host, seed, threads } = request;
  const options = { host, ...(seed === undefined ? {} : { seed }) };
  return new Crew({
    here: new Explorer({ ...options, lab, submission }),
    mostElsewhere: (threads?.most ?? 1) - 1,
    startElsewhere() {
      invariant(threads !== undefined, 'nobody said how to start a thread');
      return new ThreadLane(threads.script, lab, { ...options, lab: labData(lab), submission: dataOf(submission) });
    },
  });
}

type Known =
  | { readonly kind: 'explored'; readonly judged: Judged }
  | { readonly kind: 'finding'; readonly finding: Finding };

async function exploreOrRemember(
  request: GradeRequest,
  submission: Submission,
  crew: Crew,
  scenario: Scenario,
  index: number,
  signal: AbortSignal,
): Promise<Known> {
  const { lab, kept, files: _, onProgress, signal: __, threads: ___, ...options } = request;
  const checks = lab.checks.filter((check) => check.scenario === scenario.name);
  const subject = { lab, scenario, checks, submission, options };
  const before = kept?.find(subject) ?? null;
  if (before !== null) return { kind: 'explored', judged: { scenario, exploration: before, cached: true } };
  const startedModules = new Set<string>();
  const explored = new Map<number, number>();
  const outcome = await exploreInParts({
    ...options,
    scenario,
    signal,
    async explorePart(part, number, stop) {
      const told = (count: number): void => {
        explored.set(number, count);
        const all = [...explored.values()].reduce((sum, one) => sum + one, 0);
        onProgress?.({ scenario: scenario.title, explored: all });
      };
      const following = { signal: stop, onProgress: told };
      const result = await crew.explore(index * MOST_PARTS + number, { scenario: scenario.name, part }, following);
      if (result.kind === 'divided') explored.clear();
      if (result.kind === 'explored') told(result.exploration.explored);
      if (result.kind !== 'finding') for (const module of result.startedModules) startedModules.add(module);
      return result;
    },
  });
  if (outcome.kind === 'finding') return outcome;
  kept?.keep(subject, outcome.exploration, [...startedModules]);
  return { kind: 'explored', judged: { scenario, exploration: outcome.exploration, cached: false } };
}
