/**
 * What else a run could have done, and what it would have cost: faults and switches.
 *
 * One number a question, since many runs are remembered until their dearer ways are tried. Chooses nothing.
 */

import { invariant } from '../bug.ts';

/** What the options of a question cost, the first one excepted, which is free. */
export interface Price {
  readonly costsFault: boolean;
  readonly costsSwitch: boolean;
  /** So many of the last options cost a fault besides: deadlines that come early. They are never all. */
  readonly early: number;
}

export interface PricedOption {
  readonly position: number;
  readonly option: number;
  readonly of: number;
}

/** `of` and `early` in 14 bits each, and two flags. */
const BITS = 14;
const MOST_OPTIONS = 2 ** BITS - 1;
const FAULT = 1 << (2 * BITS);
const SWITCH = 2 << (2 * BITS);

/** The questions of a run from a position on. */
export class NotedQuestions {
  readonly #from: number;
  readonly #questions: number[] = [];

  constructor(from: number) {
    this.#from = from;
  }

  get size(): number {
    return this.#questions.length;
  }

  add(of: number, { costsFault, costsSwitch, early }: Price): void {
    invariant(of <= MOST_OPTIONS, `a question with ${of} options`);
    this.#questions.push(of | (early << BITS) | (costsFault ? FAULT : 0) | (costsSwitch ? SWITCH : 0));
  }

  /** The options, other than the first of each question, that cost exactly so many faults and switches. */
  *optionsThatCost(faults: 0 | 1, switches: 0 | 1): Generator<PricedOption, void> {
    for (const [at, question] of this.#questions.entries()) {
      if (((question & SWITCH) === 0 ? 0 : 1) !== switches) continue;
      const of = question & MOST_OPTIONS;
      const firstFault = firstFaultOf(question);
      const [first, end] = faults === 0 ? [1, firstFault] : [firstFault, of];
      for (let option = first; option < end; option += 1) yield { position: this.#from + at, option, of };
    }
  }

  get costSwitches(): boolean {
    return this.#questions.some((question) => (question & SWITCH) !== 0);
  }

  get costFaults(): boolean {
    return this.#questions.some((question) => firstFaultOf(question) < (question & MOST_OPTIONS));
  }
}

/** From this option on, each costs a fault. */
function firstFaultOf(question: number): number {
  return (question & FAULT) === 0 ? (question & MOST_OPTIONS) - ((question >> BITS) & MOST_OPTIONS) : 1;
}
