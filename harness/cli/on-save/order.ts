/**
 * What a server and a process that grades for it say to each other: one order, then lines of news.
 *
 * Both are JSON, one line each. The last line of news is a verdict or says why there is none.
 */

import type { GradeProgress } from '../../grader/grade.ts';
import type { LabResult } from '../../grader/result.ts';

/** What to grade. */
export interface SaveOrder {
  readonly slug: string;
  /** The folder of the submission, relative to the clone's root. Messages name it so. */
  readonly folder: string;
  /** The task with which a first look begins, before the verdict; null for no first look. */
  readonly lookFrom: number | null;
}

/** `look`: the numbers are those of the first look, and begin again with the verdict. */
export type GradingPhase = 'look' | 'verdict';

export type GradingNews =
  | { readonly kind: 'progress'; readonly phase: GradingPhase; readonly progress: GradeProgress }
  /** The first look has a result. If it found no failure, that says nothing yet. */
  | { readonly kind: 'look'; readonly result: LabResult }
  | { readonly kind: 'verdict'; readonly result: LabResult }
  /** Nothing could be graded; the message is for the learner. */
  | { readonly kind: 'failed'; readonly message: string };
