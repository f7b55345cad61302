/**
 * `--target` and `--runs`: grading on another target than the simulator, for `test` and `grade`.
 *
 * Reads the options, opens the target, grades, and closes the target. A target that can't be opened gives a sentence and exit
 * code 2. Ctrl-C removes the stack before the command ends.
 */

import { fileURLToPath } from 'node:url';
import type { Lab } from '../course/lab.ts';
import { unjudged } from '../grader/judgement/unjudged.ts';
import type { LabResult } from '../grader/result.ts';
import { NODE } from '../node/platform.ts';
import { gradeOnTarget } from '../targets/grading/grade-on-target.ts';
import { openLocalStack } from '../targets/localstack/target.ts';
import { type Target, TargetTrouble } from '../targets/target.ts';
import { type Arguments, type OptionSpec, UsageError } from './arguments.ts';
import { harnessErrorResult } from './grading.ts';
import { Interrupted, wasInterrupted } from './interrupted.ts';
import type { Io } from './io.ts';
import type { LearnerFiles } from './learner-files.ts';
import { sayNearName } from './near-name.ts';
import { startTelling } from './progress.ts';

const TARGETS = ['simulator', 'localstack', 'aws'];
const DEFAULT_RUNS = 3;
const MOST_RUNS = 100;
const LABS_MODULE = fileURLToPath(new URL('../course/labs.ts', import.meta.url));

/** The options, as `--help` shows them. */
export const TARGET_OPTIONS: Readonly<Record<'target' | 'runs', OptionSpec>> = {
  target: { type: 'value', says: 'simulator (the default) or localstack, in real time' },
  runs: { type: 'number', says: `with localstack: how often each scenario is run, ${DEFAULT_RUNS} if nothing is said` },
};

export interface ChosenTarget {
  readonly name: 'localstack';
  readonly runs: number;
}

/** The target that the command line asks for; null for the simulator. Throws a {@link UsageError}. */
export function chosenTarget(given: Arguments, slug: string): ChosenTarget | null {
  const name = given.value('target') ?? 'simulator';
  const runs = given.number('runs');
  const withoutTarget = `npm test -w labs/${slug}`;
  if (name === 'simulator') {
    if (runs === undefined) return null;
    throw new UsageError(
      'The simulator runs every schedule, so --runs has no meaning for it. It goes with --target localstack.',
    );
  }
  if (name === 'localstack') {
    if (runs !== undefined && (runs < 1 || runs > MOST_RUNS))
      throw new UsageError(`--runs is a number from 1 to ${MOST_RUNS}.`);
    return { name, runs: runs ?? DEFAULT_RUNS };
  }
  const wayOut = `Run «${withoutTarget}» without --target: the simulator judges every schedule, and needs no Docker and no account.`;
  if (TARGETS.includes(name)) throw new UsageError(`The target ${name} is not there yet. ${wayOut}`);
  throw new UsageError(`There is no target «${name}».${sayNearName(name, TARGETS)} ${wayOut}`);
}

/** Tests pass another target. */
export type OpenTarget = (tell: (what: string) => void, signal: AbortSignal) => Promise<Target>;

const openFromEnvironment: OpenTarget = (tell, signal) =>
  openLocalStack({ env: process.env, labsModule: LABS_MODULE, tell, signal });

/** Grades the files on the target. Rejects only with {@link Interrupted} or a {@link UsageError}. */
export async function gradeFilesOn(
  { name, runs }: ChosenTarget,
  lab: Lab,
  read: LearnerFiles,
  io: Io,
  open: OpenTarget = openFromEnvironment,
): Promise<LabResult> {
  const about = { platform: NODE, lab, host: 'isolated', sha256: '', startedMs: performance.now() } as const;
  if (read.kind === 'finding') {
    const finding = { kind: 'unreadable-file', message: read.message } as const;
    return { ...unjudged(about, [finding], new Map()), target: name };
  }
  const telling = startTelling(io, lab.slug);
  let target: Target | null = null;
  try {
    target = await open((what) => telling.tell(what), io.signal);
    telling.tell(target.detail);
    return await gradeOnTarget({
      platform: NODE,
      lab,
      files: read.files,
      target,
      runs,
      signal: io.signal,
      tell: telling.tell,
    });
  } catch (error) {
    if (await wasInterrupted(io.signal)) throw new Interrupted();
    if (error instanceof TargetTrouble) throw new UsageError(error.message);
    return { ...harnessErrorResult(lab, 'isolated', error, about.startedMs), target: name };
  } finally {
    await target?.close().catch(() => undefined);
    telling.done();
  }
}
