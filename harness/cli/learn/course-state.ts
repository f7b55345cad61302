/**
 * The state of `learn` at one moment: every lab's latest verdict, the current lab, and the current view.
 *
 * Plain data. session.ts changes it; screen.ts displays it.
 */

import type { CourseLab } from '../../course/kit/definition.ts';
import type { Hint, Lab } from '../../course/lab.ts';
import type { GradeProgress } from '../../grader/grade.ts';
import type { CheckResult, GradingOutcome, LabResult } from '../../grader/result.ts';
import { submissionHash } from '../../grader/submission/submitted-files.ts';
import { NODE } from '../../node/platform.ts';
import type { Clone } from '../clone.ts';
import { type RememberedVerdict, rememberedVerdict } from '../keeping/memory.ts';
import { readLearnerFiles } from '../learner-files.ts';

/** A lab as the grader reads it, with its number in the course. */
export type NumberedLab = Lab & Pick<CourseLab, 'number'>;

export interface LabState {
  readonly lab: NumberedLab;
  /** The outcome for the current code; both members are null if it has not been graded. */
  outcome: GradingOutcome | null;
  checks: readonly Pick<CheckResult, 'id' | 'task' | 'status'>[] | null;
  /** The latest verdict of this session, with its evidence. */
  result: LabResult | null;
  /** Why the latest grading gave no verdict. */
  failure: string | null;
  grading: GradeProgress | 'starting' | null;
}

export type LearnView =
  | { readonly kind: 'step' }
  /** The whole run, with every event. */
  | { readonly kind: 'run' }
  | { readonly kind: 'hint'; readonly check: CheckResult; readonly hint: Hint; readonly tier: number }
  | { readonly kind: 'list'; readonly at: number }
  | { readonly kind: 'diff'; readonly lines: readonly string[] }
  | { readonly kind: 'reset?'; readonly files: readonly string[] };

export interface CourseState {
  /** The clone's folder, for links. */
  readonly root: string;
  readonly labs: readonly LabState[];
  /** The index of the current lab. A key changes it, or a save in the next lab while this one holds. */
  current: number;
  view: LearnView;
  /** One sentence for the learner, until the next key or verdict. */
  message: string;
}

/** Whether the current code passes. */
export function isDone({ outcome }: LabState): boolean {
  return outcome === 'pass';
}

/** The next lab that does not hold, in a circle from the current one; null if every other lab holds. */
export function nextOpen({ labs, current }: CourseState): number | null {
  const order = labs.map((_, offset) => (current + 1 + offset) % labs.length);
  return order.find((index) => labs[index] !== undefined && index !== current && !isDone(labs[index])) ?? null;
}

/** The state at the start. A remembered verdict counts if the files are still those that were judged. */
export async function startingState(clone: Clone, labs: readonly NumberedLab[]): Promise<CourseState> {
  const states = await Promise.all(labs.map(async (lab) => stateOf(lab, await validVerdict(clone, lab))));
  const first = states.findIndex((state) => !isDone(state));
  return { root: clone.root, labs: states, current: Math.max(0, first), view: { kind: 'step' }, message: '' };
}

function stateOf(lab: NumberedLab, verdict: RememberedVerdict | null): LabState {
  const { outcome, checks } = verdict ?? { outcome: null, checks: null };
  return { lab, outcome, checks, result: null, failure: null, grading: null };
}

/** The remembered verdict, if it is for this version of the lab and for the current files. */
async function validVerdict(clone: Clone, lab: Lab): Promise<RememberedVerdict | null> {
  const verdict = await rememberedVerdict(clone, lab.slug);
  if (verdict === null || verdict.labVersion !== lab.version) return null;
  const read = await readLearnerFiles(lab, clone.lab(lab.slug), `labs/${lab.slug}`);
  if (read?.kind !== 'read' || submissionHash(lab, read.files, NODE.sha256) !== verdict.submissionSha256) return null;
  return verdict;
}
