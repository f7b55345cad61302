/**
 * The points of a run at which the reduction chooses: the next step, or the answer to a question.
 *
 * Data only: what was possible there, what has been tried, what must be and what need not be. `reduction.ts` moves along
 * them, `races.ts` says what must be tried.
 */

import type { FootprintOfStep } from '../footprint.ts';
import type { Answer, Way, Ways } from './branches.ts';

/** A step that may come next. Its key is the same wherever the same things happened before it. */
export interface Candidate {
  readonly key: number;
  /** The key of the step that put it on the agenda. */
  readonly madeBy: number;
  /** Steps of one lane keep their order. */
  readonly lane: string;
  /** Interchangeable with the others of its lane that the same step put on the agenda. */
  readonly alike: boolean;
  /** It may come only when nothing else can, so nothing can be said about its coming earlier. */
  readonly lastResort: boolean;
}

/** A point at which a step is chosen. */
export interface StepPoint {
  readonly kind: 'step';
  readonly enabled: readonly Candidate[];
  /** What must be tried here. */
  readonly wanted: Set<number>;
  /** What has been tried here, in which ways. */
  readonly tried: Map<number, Way[]>;
  /** What need not be tried: since it was tried elsewhere, nothing has happened that it conflicts with. */
  readonly asleep: Ways;
  chosen: Candidate;
  /** What the chosen step touched in this run. */
  touched: FootprintOfStep;
  /** What the chosen step asked in this run, and was told. */
  answers: Answer[];
  /** The steps of this run, by their place, that come before it for a reason. */
  after: ReadonlySet<number>;
}

/** A question with an answer that is no step: a fault, a value. All answers are tried that lead to something new. */
export interface ValuePoint {
  readonly kind: 'value';
  readonly of: number;
  /** Whether a step asked; else it was the beginning, or somebody who had waited for rest. */
  readonly inStep: boolean;
  chosen: number;
  /** The other options that are still to be tried. */
  readonly left: number[];
}

export type Point = StepPoint | ValuePoint;
