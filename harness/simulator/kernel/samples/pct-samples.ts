/**
 * Draws one sample after the other, with a stated seed for each, by PCT and by uniform chance in turns. PCT lets rare interleavings
 * come up, in which one lane waits for long; uniform chance shows most pairs of neighbours in both orders.
 *
 * The first sample has no change point and no fault; the points of all others are drawn from its length. So each of the others
 * depends on its own seed and on the first sample alone, and can be run anywhere.
 */

import { invariant } from '../bug.ts';
import { Pct, type RunLength } from './pct.ts';

export interface PctSamplesOptions {
  /** The seed of the first sample; the others count on from it. */
  readonly seed: number;
  readonly mostFaults: number;
  readonly isFault: (reason: string) => boolean;
}

/** Taken in turns. Few bugs are deeper than three; Burckhardt et al. found most of them at depth one or two. */
const DEPTHS = [1, 'any', 2, 'any', 3, 'any'] as const;
/** Until the first run has shown how long a run is. It goes on by uniform chance if it is longer than this allows. */
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
