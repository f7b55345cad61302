/**
 * The choice points of a run: the choice of the next step, or of the answer to a question.
 *
 * Data only: what was enabled at the point, what has been explored from it, what must be (the backtrack set) and what need not
 * be (the sleep set). `exploration-stack.ts` keeps the points of one run, `backtrack-set.ts` says what must be explored.
 */

import type { FootprintOfStep } from '../footprint.ts';
import type { Branch, BranchAnswer } from './branches.ts';
import type { EnabledStep, WaitingStep } from './enabled-step.ts';
import type { SleepSet } from './sleep-set.ts';

/** A point at which the next step is chosen. */
export interface StepPoint {
  readonly kind: 'step';
  readonly enabled: readonly EnabledStep[];
  /** The steps that would be enabled if there were places for them. */
  readonly waiting: readonly WaitingStep[];
  /** The steps, by key, that must be explored from here. When the exploration leaves the point, they are a source set of it. */
  readonly backtrackSet: Set<number>;
  /** The branches that have been explored from here, by the keys of their steps. */
  readonly explored: Map<number, Branch[]>;
  /** The branches that need not be explored from here. */
  readonly sleepSet: SleepSet;
  /** The enabled steps, by key, of which every branch that they could take sleeps. */
  readonly asleep: ReadonlySet<number>;
  chosen: EnabledStep;
  /** What the chosen step looked at and changed in this run. */
  footprint: FootprintOfStep;
  /** What the chosen step asked in this run, and was answered. */
  answers: BranchAnswer[];
  /** The steps of this run, by their places, that happen before the chosen one. */
  predecessors: ReadonlySet<number>;
}

/** A point at which a question is answered: does a fault strike, which value is drawn? Every answer is tried that is awake. */
export interface AnswerPoint {
  readonly kind: 'answer';
  readonly of: number;
  /** Whether a step asked. Otherwise the scenario did, before the first step or after a rest. */
  readonly inStep: boolean;
  chosen: number;
  /** The other options that are still to be tried. */
  readonly untried: number[];
}

export type ChoicePoint = StepPoint | AnswerPoint;
