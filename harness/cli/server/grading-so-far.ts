/**
 * How far a grading has come, in numbers for a reader: schedules tried, scenarios ended, what has broken.
 *
 * Adds up what the grader tells about single scenarios. It judges nothing, and a browser can run it.
 */

import type { GradeProgress } from '../../grader/grade.ts';

export interface GradingSoFar {
  /** `look`: a few schedules of each task. `verdict`: all that the lab asks for. */
  readonly phase: 'look' | 'verdict';
  readonly schedules: number;
  readonly scenarios: { readonly ended: number; readonly of: number };
  /** What has broken, a sentence for each scenario in which something has. */
  readonly broken: readonly { readonly scenario: string; readonly says: string }[];
}

export class GradingTally {
  readonly #of: number;
  readonly #scenarios = new Map<string, GradeProgress>();
  #phase: GradingSoFar['phase'] = 'look';

  /** `of`: the number of the lab's scenarios. */
  constructor(of: number) {
    this.#of = of;
  }

  /** Adds what one scenario has come to. The numbers of the first look do not count for the verdict. */
  add(progress: GradeProgress, phase: GradingSoFar['phase']): GradingSoFar {
    if (phase !== this.#phase) this.#scenarios.clear();
    this.#phase = phase;
    this.#scenarios.set(progress.scenario, progress);
    return this.soFar();
  }

  soFar(): GradingSoFar {
    const all = [...this.#scenarios.values()];
    return {
      phase: this.#phase,
      schedules: all.reduce((sum, { explored }) => sum + explored, 0),
      scenarios: { ended: all.filter(({ ended }) => ended === true).length, of: this.#of },
      broken: all.flatMap(({ scenario, broken }) => (broken === undefined ? [] : [{ scenario, says: broken }])),
    };
  }
}
