/**
 * Grades a folder and always gives a finished result, whatever goes wrong.
 *
 * An unreadable file is a finding, a bug of ours becomes a result that says so, and Ctrl-C is passed on. Other modules decide
 * how a result is shown.
 */

import type { CourseLab } from '../course/kit/definition.ts';
import type { Lab } from '../course/lab.ts';
import { findLab, labs } from '../course/labs.ts';
import { ExplorationCache } from '../grader/cache/exploration-cache.ts';
import { type GradeProgress, type GradeRequest, grade } from '../grader/grade.ts';
import { unjudged, withoutVerdict } from '../grader/judgement/unjudged.ts';
import type { LabResult } from '../grader/result.ts';
import { hashOfHarness } from '../node/harness-hash.ts';
import { NODE } from '../node/platform.ts';
import { TextFiles } from '../node/text-files.ts';
import type { HostKind } from '../platform/platform.ts';
import { HARNESS_VERSION } from '../version.ts';
import { UsageError } from './arguments.ts';
import { Interrupted, wasInterrupted } from './interrupted.ts';
import type { Io } from './io.ts';
import { type LearnerFiles, readLearnerFiles } from './learner-files.ts';
import { sayNearName } from './near-name.ts';
import { startProgress } from './progress.ts';

/** The lab of this name, finished or not. Throws a {@link UsageError} that suggests the nearest name. */
export function labNamed(slug: string): CourseLab {
  const lab = findLab(slug);
  if (lab !== undefined) return lab;
  const names = labs.map((known) => known.slug);
  const hint = sayNearName(slug, names) || ` There are: ${names.join(', ')}.`;
  throw new UsageError(`There is no lab «${slug}».${hint}`);
}

/** The files of a folder. Throws a {@link UsageError} if there is no such folder. */
export async function learnerFilesIn(lab: Lab, folder: string, shown: string): Promise<LearnerFiles> {
  const read = await readLearnerFiles(lab, folder, shown);
  if (read === null)
    throw new UsageError(`There is no folder ${shown}. Name the folder that holds ${lab.editable[0]}.`);
  return read;
}

export interface GradingOptions {
  readonly host?: HostKind;
  readonly seed?: number | undefined;
  /**
   * How to treat explorations that were done before on this machine: `use` them if nothing has changed, `renew` them, or
   * `ignore` them. The default is `ignore`, which also applies always on a build server.
   */
  readonly before?: 'use' | 'renew' | 'ignore';
  /** How many threads may explore, this one included. The default is 1. */
  readonly workers?: number;
  /** Stops when the first task that fails is known. The result says nothing of what comes behind it. */
  readonly untilFailure?: boolean;
  /** Receives progress instead of the terminal. */
  readonly onProgress?: ((progress: GradeProgress) => void) | undefined;
  /** For tests: another engine. */
  readonly engine?: (request: GradeRequest) => Promise<LabResult>;
}

const THREAD = new URL('./exploring-thread.ts', import.meta.url);

/** Grades the files, with progress on standard error. Rejects only with {@link Interrupted}. */
export async function gradeFiles(
  lab: Lab,
  read: LearnerFiles,
  io: Io,
  options: GradingOptions = {},
): Promise<LabResult> {
  const { host = 'isolated', seed, engine = grade, onProgress, before = 'ignore', workers = 1, untilFailure } = options;
  const keeping = before !== 'ignore' && !io.buildServer;
  const about = { platform: NODE, lab, host, sha256: '', startedMs: performance.now() };
  if (read.kind === 'finding') return unjudged(about, [{ kind: 'unreadable-file', message: read.message }], new Map());
  const progress = startProgress(io, lab.slug);
  try {
    const result = await engine({
      platform: NODE,
      lab,
      files: read.files,
      host,
      signal: io.signal,
      onProgress: onProgress ?? ((state) => progress.update(state)),
      ...(seed === undefined ? {} : { seed }),
      ...(untilFailure === undefined ? {} : { untilFailure }),
      ...(workers > 1 ? { workers: { most: workers, script: THREAD } } : {}),
      ...(keeping ? { cache: cacheIn(io.clone.explored, before === 'use') } : {}),
    });
    // The process that runs the code hears Ctrl-C, too, and its end is no finding then.
    if (result.finding === 'died' && (await wasInterrupted(io.signal))) throw new Interrupted();
    return result;
  } catch (error) {
    if (error instanceof Interrupted || (await wasInterrupted(io.signal))) throw new Interrupted();
    return harnessErrorResult(lab, host, error, about.startedMs);
  } finally {
    progress.done();
  }
}

function cacheIn(folder: string, mayRead: boolean): ExplorationCache {
  return new ExplorationCache({
    platform: NODE,
    store: new TextFiles(folder),
    mayRead,
    harness: () => hashOfHarness(),
  });
}

/** The result for a bug of ours: no check is judged, and no point is lost for good. */
export function harnessErrorResult(lab: Lab, host: HostKind, error: unknown, startedMs: number): LabResult {
  const empty = withoutVerdict({ platform: NODE, lab, host, sha256: '', startedMs }, describe(error));
  return { ...empty, outcome: 'harness-error', harness: HARNESS_VERSION };
}

/** The error and its place in the harness, without the machine's folders. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = [...(error.stack ?? '').matchAll(/\/harness\/([\w./-]+:\d+):\d+/g)].slice(0, 3).map(([, at]) => at);
  const where = frames.length === 0 ? '' : ` (${frames.join(' ← ')})`;
  return `${error.name}: ${error.message}${where}`;
}
