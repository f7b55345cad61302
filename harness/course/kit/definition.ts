/**
 * What a lab writes down about itself, and what the course makes of it.
 *
 * `course/lab.ts` is the part that the grader reads. What stands here beyond that is for the pages, the commands and the course
 * check: the lab's place in the course, its puzzle, its specimens, and whether learners see it yet.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Lab } from '../lab.ts';
import type { LabCheck } from './check.ts';
import type { LabScenario } from './scenario.ts';

/** A run of the solution that a page shows although nothing breaks in it: «the consumer crashes, and all ends well». */
export interface Specimen {
  /** Short and stable; a page asks for it by this name. */
  readonly name: string;
  readonly scenario: LabScenario<object>;
  /** What is to be seen in the run, in a sentence. */
  readonly headline: string;
  shows(trace: Trace): boolean;
}

/** By hand: its rules stand in the lab's folder, in `puzzle/puzzle.ts`. A lab may have none, and says why. */
export type PuzzleDecision = 'by-hand' | { readonly none: string };

interface PlaceInCourse {
  /** Labs are shown in the order of their numbers. */
  readonly number: number;
  /** What it is about, in half a sentence that goes on from its title. */
  readonly about: string;
  /** Absent until the lab's author has decided. */
  readonly puzzle?: PuzzleDecision;
  readonly specimens?: readonly Specimen[];
}

/** A lab as its author writes it. */
export interface LabDefinition extends Omit<Lab, 'scenarios' | 'checks'>, PlaceInCourse {
  readonly scenarios: readonly LabScenario<object>[];
  readonly checks: readonly LabCheck[];
  /** While it is being written: learners don't see it, and the course check lists what is missing instead of failing. */
  readonly unfinished?: true;
}

/** A lab of the course: all that the grader reads, and its place among the others. */
export interface CourseLab extends Lab, PlaceInCourse {
  readonly unfinished: boolean;
  /** Every kind of failure that one of its checks can name, each once. */
  readonly failures: readonly string[];
}
