/**
 * Keeps the event loop turning for a moment while the next message is expected.
 *
 * A process that goes to sleep between two steps takes longer to wake than the step takes to run. Staying awake costs a
 * core for at most this long after each message, and nothing when there is nothing to wait for.
 */

/** Longer than a step of an ordinary handler, shorter than anybody would notice. */
const AWAKE_MS = 2;

export class Awake {
  #untilMs = 0;
  #turning = false;

  /** Something has just happened; more is expected soon. */
  touch(): void {
    this.#untilMs = performance.now() + AWAKE_MS;
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    if (performance.now() < this.#untilMs) setImmediate(this.#turn);
    else this.#turning = false;
  };
}
