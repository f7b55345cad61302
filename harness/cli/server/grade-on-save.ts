/**
 * Grades what a learner has just saved: a first look that finds most mistakes within a second or two, then the verdict.
 *
 * Both run in a child process. The first look begins with the task that failed in the verdict before: that is the one that is being worked on. A lab
 * whose verdict comes quickly gets no first look. Nothing is printed here.
 */

import type { Lab } from '../../course/lab.ts';
import type { LabResult } from '../../grader/result.ts';
import type { Clone } from '../clone.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { type RememberedVerdict, rememberedVerdict, rememberVerdict } from '../keeping/memory.ts';
import { type ChildVerdict, type GradingProgress, gradeInChild } from './grading-child.ts';

/** A first look precedes a verdict that is expected to take longer than this, in milliseconds. */
const SLOW_MS = 3_000;

export interface SaveListener {
  /** `look`: the numbers are those of the first look, and begin again with the verdict. */
  onProgress(progress: GradingProgress, phase: 'look' | 'verdict'): void;
  /** The first look has a result. If it found no failure, that says nothing yet. */
  onLook(result: LabResult): void;
}

/** Resolves to the verdict, which is remembered. `signal` stops everything. */
export async function gradeOnSave(
  lab: Lab,
  clone: Clone,
  signal: AbortSignal,
  { onProgress, onLook }: SaveListener,
): Promise<ChildVerdict> {
  await rememberFirstBeginning(clone, lab.slug);
  const folder = clone.lab(lab.slug);
  const before = await rememberedVerdict(clone, lab.slug);
  if (before === null || before.durationMs > SLOW_MS) {
    const tell = (progress: GradingProgress): void => onProgress(progress, 'look');
    const look = await gradeInChild(lab.slug, folder, signal, tell, taskToLookAt(lab, before));
    if (look.kind === 'result') onLook(look.result);
  }
  const verdict = await gradeInChild(lab.slug, folder, signal, (progress) => onProgress(progress, 'verdict'));
  if (verdict.kind === 'result') await rememberVerdict(clone, verdict.result);
  return verdict;
}

/** The first task that did not hold in the verdict before; the lab's first one if all did, or if there is none. */
export function taskToLookAt({ tasks }: Lab, before: RememberedVerdict | null): number {
  const failing = (before?.checks ?? []).filter(({ status }) => status !== 'pass');
  const open = tasks.find(({ number }) => failing.some(({ task }) => task === number));
  return open?.number ?? 1;
}
