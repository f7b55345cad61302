/**
 * Keeps the event loop turning for a moment while the next message is expected.
 *
 * A process that sleeps between two steps takes longer to wake than the step takes to run. Staying awake costs a core for at
 * most this time after each message, and nothing when no message is expected.
 */

import { clockMs } from '../../host/own-clock.ts';
import { ownTimers } from '../own-timers.ts';

/**
 * As long as a short step of an ordinary handler. There is a worker for each core, so a thread that stays awake for longer than that
 * takes a core from a thread that works: two milliseconds cost a third of a grading's processor time, and 0.3 ms still a tenth. One
 * exploration alone, without workers, would be a tenth quicker with 0.3 ms.
 */
const AWAKE_MS = 0.05;

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
