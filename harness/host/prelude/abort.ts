/**
 * `AbortController` and `AbortSignal`, in virtual time: SDK calls take a signal, and a handler may give up after a while.
 *
 * https://dom.spec.whatwg.org/#aborting-ongoing-activities
 */

import { RealmDOMException } from './dom-exception.ts';
import { environmentNow } from './environment-now.ts';
import { illegalConstructor, invalidArgument, requireInteger } from './node-errors.ts';
import { RealmEvent, RealmEventTarget } from './web-events.ts';

const MAKING = Symbol('making');

/** Only this file can make a signal and abort one. */
let abortSignal: (signal: RealmAbortSignal, reason: unknown) => void;

export class RealmAbortSignal extends RealmEventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  #onabort: ((event: RealmEvent) => unknown) | null = null;
  #hasOnabort = false;
  /** Signals of `AbortSignal.any` that wait for this one. */
  readonly #followers: RealmAbortSignal[] = [];

  static {
    abortSignal = (signal, reason) => signal.#abort(reason);
  }

  constructor(token: unknown) {
    if (token !== MAKING) throw illegalConstructor();
    super();
  }

  static abort(reason: unknown = abortError()): RealmAbortSignal {
    const signal = new RealmAbortSignal(MAKING);
    signal.#abort(reason);
    return signal;
  }

  /** Aborts after so many milliseconds of virtual time. */
  static timeout(delayMs: unknown): RealmAbortSignal {
    const wholeMs = requireInteger('delay', delayMs, 0, 2 ** 32 - 1);
    const signal = new RealmAbortSignal(MAKING);
    const reason = (): RealmDOMException =>
      new RealmDOMException('The operation was aborted due to timeout', 'TimeoutError');
    environmentNow().setTimer(() => signal.#abort(reason()), wholeMs, false);
    return signal;
  }

  static any(signals: Iterable<unknown>): RealmAbortSignal {
    const signal = new RealmAbortSignal(MAKING);
    const sources = [...signals].map((source) => {
      if (source instanceof RealmAbortSignal) return source;
      throw invalidArgument('signals', 'an array of AbortSignal', source);
    });
    const aborted = sources.find((source) => source.#aborted);
    if (aborted !== undefined) signal.#abort(aborted.#reason);
    else for (const source of sources) source.#followers.push(signal);
    return signal;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  get onabort(): ((event: RealmEvent) => unknown) | null {
    return this.#onabort;
  }

  set onabort(listener: unknown) {
    this.#onabort = typeof listener === 'function' ? (listener as (event: RealmEvent) => unknown) : null;
    // It keeps the place among the listeners that it was first given.
    if (!this.#hasOnabort) this.addEventListener('abort', (event) => this.#onabort?.call(this, event));
    this.#hasOnabort = true;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    const all = [this, ...this.#followers.filter((follower) => !follower.#aborted)];
    // All of them are aborted before any listener hears of it.
    for (const signal of all) {
      signal.#aborted = true;
      signal.#reason = reason;
    }
    for (const signal of all) {
      signal.dispatchEvent(new RealmEvent('abort'));
      for (const follower of signal === this ? [] : signal.#followers) follower.#abort(reason);
    }
  }
}

export class RealmAbortController {
  readonly #signal = new RealmAbortSignal(MAKING);

  get signal(): RealmAbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = abortError()): void {
    abortSignal(this.#signal, reason);
  }
}

function abortError(): RealmDOMException {
  return new RealmDOMException('This operation was aborted', 'AbortError');
}
