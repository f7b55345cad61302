/**
 * Grades what a learner has just saved: a first look that finds most mistakes within a second or two, then the verdict.
 *
 * Both run in one process, which has been waiting for this. The first look begins with the task that failed in the verdict before:
 * that is the one that is being worked on. A lab whose verdict comes quickly gets no first look. Nothing is printed here.
 */

import { relative } from 'node:path';
import type { Lab } from '../../course/lab.ts';
import type { GradeProgress } from '../../grader/grade.ts';
import type { LabResult } from '../../grader/result.ts';
import { type Clone, cloneRoot } from '../clone.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { type RememberedVerdict, rememberedVerdict, rememberVerdict } from '../keeping/memory.ts';
import type { GradingProcesses, SavedVerdict } from './grading-processes.ts';
import type { GradingPhase } from './order.ts';

/** A first look precedes a verdict that is expected to take longer than this, in milliseconds. */
const SLOW_MS = 3_000;

export interface SaveListener {
  onProgress(progress: GradeProgress, phase: GradingPhase): void;
  /** The first look has a result. If it found no failure, that says nothing yet. */
  onLook(result: LabResult): void;
}

/** Resolves to the verdict, which is remembered. `signal` stops everything. */
export async function gradeOnSave(
  lab: Lab,
  clone: Clone,
  processes: GradingProcesses,
  signal: AbortSignal,
  { onProgress, onLook }: SaveListener,
): Promise<SavedVerdict> {
  await rememberFirstBeginning(clone, lab.slug);
  const folder = relative(cloneRoot(), clone.lab(lab.slug));
  const before = await rememberedVerdict(clone, lab.slug);
  const lookFrom = before === null || before.durationMs > SLOW_MS ? taskToLookAt(lab, before) : null;
  const verdict = await processes.grade({ slug: lab.slug, folder, lookFrom }, signal, (news) => {
    if (news.kind === 'look') onLook(news.result);
    else onProgress(news.progress, news.phase);
  });
  if (verdict.kind === 'result') await rememberVerdict(clone, verdict.result);
  if (verdict.kind !== 'stopped') processes.prepare();
  return verdict;
}

/** The first task that did not hold in the verdict before; the lab's first one if all did, or if there is none. */
export function taskToLookAt({ tasks }: Lab, before: RememberedVerdict | null): number {
  const failing = (before?.checks ?? []).filter(({ status }) => status !== 'pass');
  const open = tasks.find(({ number }) => failing.some(({ task }) => task === number));
  return open?.number ?? 1;
}
