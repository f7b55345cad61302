/**
 * `AbortController` and the small part of `EventTarget` that it needs: SDK calls accept an `abortSignal`.
 */

type Listener = (event: { readonly type: string; readonly target: RealmAbortSignal }) => void;

export class RealmAbortSignal {
  #listeners: Listener[] = [];
  aborted = false;
  reason: unknown = undefined;
  onabort: Listener | null = null;

  addEventListener(type: string, listener: Listener): void {
    if (type === 'abort') this.#listeners.push(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.#listeners = this.#listeners.filter((known) => known !== listener);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** Only the controller calls this. */
  abortWith(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const event = { type: 'abort', target: this };
    this.onabort?.(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  static abort(reason?: unknown): RealmAbortSignal {
    const signal = new RealmAbortSignal();
    signal.abortWith(reason ?? abortError());
    return signal;
  }
}

export class RealmAbortController {
  readonly signal = new RealmAbortSignal();

  abort(reason?: unknown): void {
    this.signal.abortWith(reason ?? abortError());
  }
}

function abortError(): Error {
  return Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });
}
