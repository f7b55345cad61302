/**
 * One sample after the other: a stated seed for each, by PCT and by uniform chance in turns. The one lets rare orders come up, in
 * which somebody waits for long; the other shows most pairs of neighbours in both orders.
 *
 * The first sample changes no priority and has no fault; its length is what the points of all others are drawn from. So each of
 * the others depends on its seed and on the first alone, and can be run anywhere.
 */

import { invariant } from '../bug.ts';
import { Pct, type RunLength } from './pct.ts';

export interface PctSamplesOptions {
  /** Of the first sample; the others count on from it. */
  readonly seed: number;
  readonly mostFaults: number;
  readonly isFault: (reason: string) => boolean;
}

/** In turns. Few bugs take more than three orders between steps; Burckhardt et al. found most at one or two. */
const DEPTHS = [1, 'any', 2, 'any', 3, 'any'] as const;
/** The first run gives every lane its turns from here on, if it is so long. */
const LENGTH_UNKNOWN: RunLength = { steps: 1_000, faultQuestions: 0, earlyDeadlines: 0 };

export class PctSamples {
  readonly #options: PctSamplesOptions;
  #first: Pct | null = null;
  #drawn = 0;

  constructor(options: PctSamplesOptions) {
    this.#options = options;
  }

  /** The choices of one more run. The first run must be over before the second is asked for. */
  next(): Pct {
    const { seed, ...faults } = this.#options;
    const at = this.#drawn;
    this.#drawn += 1;
    if (this.#first === null) {
      this.#first = new Pct({ ...faults, seed, depth: 1, length: LENGTH_UNKNOWN });
      return this.#first;
    }
    const { length } = this.#first;
    invariant(length.steps > 0, 'the first sample was not run');
    return new Pct({ ...faults, seed: seed + at, depth: DEPTHS[at % DEPTHS.length] ?? 'any', length });
  }
}
