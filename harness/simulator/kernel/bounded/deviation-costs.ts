/**
 * The deviations that a run could have taken, and what each costs: faults and preemptions.
 *
 * One number for each question, since many runs are remembered until their costlier deviations are taken. Chooses nothing.
 */

import { invariant } from '../bug.ts';

/** What the options of a question cost. The first option is the ordinary course and costs nothing. */
export interface DeviationCost {
  readonly costsFault: boolean;
  readonly costsPreemption: boolean;
  /** This many of the last options cost a fault besides: deadlines that come early. They are never all options. */
  readonly early: number;
}

/** One deviation: the question at a position of the record is answered with an option other than the first. */
export interface DeviatingOption {
  readonly position: number;
  readonly option: number;
  readonly of: number;
}

/** `of` and `early` in 14 bits each, and two flags. */
const BITS = 14;
const MOST_OPTIONS = 2 ** BITS - 1;
const FAULT = 1 << (2 * BITS);
const PREEMPTION = 2 << (2 * BITS);

/** The questions of a run from a position of its record on, with the costs of their options. */
export class QuestionCosts {
  readonly #from: number;
  readonly #questions: number[] = [];

  constructor(from: number) {
    this.#from = from;
  }

  get size(): number {
    return this.#questions.length;
  }

  add(of: number, { costsFault, costsPreemption, early }: DeviationCost): void {
    invariant(of <= MOST_OPTIONS, `a question with ${of} options`);
    this.#questions.push(of | (early << BITS) | (costsFault ? FAULT : 0) | (costsPreemption ? PREEMPTION : 0));
  }

  /** The options, other than the first of each question, that cost exactly these faults and preemptions. */
  *optionsThatCost(faults: 0 | 1, preemptions: 0 | 1): Generator<DeviatingOption, void> {
    for (const [at, question] of this.#questions.entries()) {
      if (((question & PREEMPTION) === 0 ? 0 : 1) !== preemptions) continue;
      const of = question & MOST_OPTIONS;
      const firstFault = firstFaultOf(question);
      const [first, end] = faults === 0 ? [1, firstFault] : [firstFault, of];
      for (let option = first; option < end; option += 1) yield { position: this.#from + at, option, of };
    }
  }

  get costPreemptions(): boolean {
    return this.#questions.some((question) => (question & PREEMPTION) !== 0);
  }

  get costFaults(): boolean {
    return this.#questions.some((question) => firstFaultOf(question) < (question & MOST_OPTIONS));
  }
}

/** From this option on, each costs a fault. */
function firstFaultOf(question: number): number {
  return (question & FAULT) === 0 ? (question & MOST_OPTIONS) - ((question >> BITS) & MOST_OPTIONS) : 1;
}
