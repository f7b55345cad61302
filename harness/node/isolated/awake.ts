/**
 * Keeps the event loop turning for a moment while the next message is expected.
 *
 * A process that sleeps between two steps takes longer to wake than the step takes to run. Staying awake costs a core for at
 * most this time after each message, and nothing when no message is expected.
 */

import { clockMs } from '../../host/own-clock.ts';
import { ownTimers } from '../own-timers.ts';

/** Longer than a step of an ordinary handler, too short to be noticed. */
const AWAKE_MS = 2;

export class Awake {
  #untilMs = 0;
  #turning = false;

  /** Must be called when a message has come and more are expected soon. */
  touch(): void {
    this.#untilMs = clockMs() + AWAKE_MS;
    if (this.#turning) return;
    this.#turning = true;
    ownTimers.setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    if (clockMs() < this.#untilMs) ownTimers.setImmediate(this.#turn);
    else this.#turning = false;
  };
}
