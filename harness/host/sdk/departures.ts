/**
 * Makes calls that run through the SDK's own stack leave in the order in which they were sent.
 *
 * The stack takes more turns for some commands than for others; without this, concurrent calls would reach the world in
 * another order than on the direct way. It orders first attempts only, and never waits for an answer.
 */

export interface Departure {
  /** Resolves when everything that was sent before has left or has failed. */
  turn(): Promise<void>;
  /** Must be called when the call has left, or will never leave. May be called repeatedly. */
  leave(): void;
}

export class Departures {
  readonly #waiting: { wake: () => void }[] = [];

  /** Takes a place at the end of the queue. */
  enlist(): Departure {
    const place = { wake: (): void => {} };
    this.#waiting.push(place);
    return {
      turn: () => {
        if (!this.#waiting.includes(place) || this.#waiting[0] === place) return Promise.resolve();
        return new Promise((resolve) => {
          place.wake = resolve;
        });
      },
      leave: () => {
        const index = this.#waiting.indexOf(place);
        if (index < 0) return;
        this.#waiting.splice(index, 1);
        if (index === 0) this.#waiting[0]?.wake();
      },
    };
  }
}
