/**
 * The definition of a lab as its author writes it, and the lab that the course makes of it.
 *
 * The grader reads only the part in `course/lab.ts`. The rest is for the pages, the commands and the course check: the lab's
 * place in the course, its puzzle, its specimens, and whether learners see it yet.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Lab } from '../lab.ts';
import type { LabCheck } from './check.ts';
import type { EquivalentMutant } from './equivalent-mutant.ts';
import type { LabScenario } from './scenario.ts';

/** A run that a page shows: of the solution, in which no check fails («the consumer crashes, and all ends well»), or of a wrong fix. */
export interface Specimen {
  /** A short, stable name, by which a page asks for it. */
  readonly name: string;
  readonly scenario: LabScenario<object>;
  /** The mutant whose run it is; the solution's if none is named. */
  readonly mutant?: string;
  /** What the run shows, in a sentence. */
  readonly headline: string;
  shows(trace: Trace): boolean;
}

/** `by-hand`: its rules are in the lab's folder, in `puzzle/puzzle.ts`. A lab without a puzzle says why. */
export type PuzzleDecision = 'by-hand' | { readonly none: string };

interface PlaceInCourse {
  /** The position in the list of labs. */
  readonly number: number;
  /** The lab's subject, in half a sentence that continues its title. */
  readonly about: string;
  /** Absent until the lab's author has decided. */
  readonly puzzle?: PuzzleDecision;
  readonly specimens?: readonly Specimen[];
  /** Mutants of its right answers that survive because they are right. */
  readonly equivalentMutants?: readonly EquivalentMutant[];
}

/** A lab as its author writes it. */
export interface LabDefinition extends Omit<Lab, 'scenarios' | 'checks'>, PlaceInCourse {
  readonly scenarios: readonly LabScenario<object>[];
  readonly checks: readonly LabCheck[];
  /**
   * Set while the lab is being written: learners don't see it, and the course check lists what is missing instead of failing.
   */
  readonly unfinished?: true;
}

/** A lab of the course: everything that the grader reads, and its place among the others. */
export interface CourseLab extends Lab, PlaceInCourse {
  readonly unfinished: boolean;
  /** Every kind of failure that one of its checks can name, each once. */
  readonly failures: readonly string[];
  /** The kinds of failure that a check can name, by the id of the check. */
  readonly failuresByCheck: Readonly<Record<string, readonly string[]>>;
}
