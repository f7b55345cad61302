/**
 * The waits of one run: drawn through its choices in a timed run, zero in exploration.
 */

import type { WaitMs } from '../contract/latency.ts';
import type { Choices } from '../kernel/choices.ts';

export class Waits {
  readonly #isTimed: boolean;
  readonly #choices: Choices;

  constructor(isTimed: boolean, choices: Choices) {
    this.#isTimed = isTimed;
    this.#choices = choices;
  }

  /** One wait, in whole milliseconds. */
  drawMs({ fromMs, toMs }: WaitMs): number {
    return this.#isTimed ? fromMs + this.#choices.pick('latency', toMs - fromMs + 1) : 0;
  }

  /** Half the latency of a call: the time of a request to its service, or of an answer back. */
  halfCallMs(service: { latency(operation: string): WaitMs }, operation: string): number {
    return this.#isTimed ? Math.ceil(this.drawMs(service.latency(operation)) / 2) : 0;
  }
}
