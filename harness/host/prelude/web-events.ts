/**
 * `Event` and `EventTarget`, on which `AbortSignal` stands.
 *
 * One target and no tree: an event has no path to bubble along. https://dom.spec.whatwg.org/#events
 */

import { throwLater } from './environment-now.ts';
import { invalidArgument, nodeError } from './node-errors.ts';

interface EventInit {
  readonly bubbles?: boolean;
  readonly cancelable?: boolean;
  readonly composed?: boolean;
}

interface Dispatch {
  target: RealmEventTarget | null;
  running: boolean;
  stopped: boolean;
  prevented: boolean;
}

let dispatchOf: (event: RealmEvent) => Dispatch;

export class RealmEvent {
  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly timeStamp = performance.now();
  readonly isTrusted = false;
  readonly #dispatch: Dispatch = { target: null, running: false, stopped: false, prevented: false };

  static {
    dispatchOf = (event) => event.#dispatch;
  }

  constructor(type: unknown, init: EventInit | null = {}) {
    this.type = String(type);
    this.bubbles = Boolean(init?.bubbles);
    this.cancelable = Boolean(init?.cancelable);
    this.composed = Boolean(init?.composed);
  }

  get target(): RealmEventTarget | null {
    return this.#dispatch.target;
  }

  get srcElement(): RealmEventTarget | null {
    return this.#dispatch.target;
  }

  get currentTarget(): RealmEventTarget | null {
    return this.#dispatch.running ? this.#dispatch.target : null;
  }

  get eventPhase(): number {
    return this.#dispatch.running ? 2 : 0;
  }

  get defaultPrevented(): boolean {
    return this.#dispatch.prevented;
  }

  get returnValue(): boolean {
    return !this.#dispatch.prevented;
  }

  composedPath(): readonly RealmEventTarget[] {
    return this.currentTarget === null ? [] : [this.currentTarget];
  }

  preventDefault(): void {
    if (this.cancelable) this.#dispatch.prevented = true;
  }

  /** There is no other target that the event could go on to. */
  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.#dispatch.stopped = true;
  }
}

export class RealmCustomEvent extends RealmEvent {
  readonly detail: unknown;

  constructor(type: unknown, init: (EventInit & { readonly detail?: unknown }) | null = {}) {
    super(type, init);
    this.detail = init?.detail ?? null;
  }
}

type Listener = ((event: RealmEvent) => unknown) | { handleEvent(event: RealmEvent): unknown };

interface ListenerOptions {
  readonly once?: boolean;
  readonly capture?: boolean;
  readonly signal?: { readonly aborted: boolean; addEventListener(type: string, listener: () => void): void };
}

interface Registered {
  readonly type: string;
  readonly listener: Listener;
  readonly once: boolean;
  readonly capture: boolean;
}

export class RealmEventTarget {
  #registered: readonly Registered[] = [];

  addEventListener(type: unknown, listener: Listener | null, options: ListenerOptions | boolean = {}): void {
    if (listener === null || listener === undefined) return;
    if (typeof listener !== 'function' && typeof listener !== 'object')
      throw invalidArgument('listener', 'an instance of EventListener', listener);
    const { once = false, signal } = typeof options === 'object' ? options : {};
    const capture = isCapture(options);
    if (signal?.aborted === true || this.#find(String(type), listener, capture) !== undefined) return;
    this.#registered = [...this.#registered, { type: String(type), listener, once, capture }];
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options));
  }

  removeEventListener(type: unknown, listener: Listener | null, options: ListenerOptions | boolean = {}): void {
    const found = listener === null ? undefined : this.#find(String(type), listener, isCapture(options));
    this.#registered = this.#registered.filter((entry) => entry !== found);
  }

  /** False if a listener prevented the default. */
  dispatchEvent(event: unknown): boolean {
    if (!(event instanceof RealmEvent)) throw invalidArgument('event', 'an instance of Event', event);
    const dispatch = dispatchOf(event);
    if (dispatch.running)
      throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    Object.assign(dispatch, { target: this, running: true, stopped: false });
    for (const entry of this.#registered) {
      // A listener that an earlier one removed is not called any more.
      if (entry.type !== event.type || dispatch.stopped || !this.#registered.includes(entry)) continue;
      if (entry.once) this.#registered = this.#registered.filter((other) => other !== entry);
      callListener(entry.listener, event, this);
    }
    dispatch.running = false;
    return !dispatch.prevented;
  }

  #find(type: string, listener: Listener, capture: boolean): Registered | undefined {
    return this.#registered.find(
      (entry) => entry.type === type && entry.listener === listener && entry.capture === capture,
    );
  }
}

function isCapture(options: ListenerOptions | boolean): boolean {
  return typeof options === 'object' ? options.capture === true : options;
}

function callListener(listener: Listener, event: RealmEvent, target: RealmEventTarget): void {
  try {
    if (typeof listener === 'function') listener.call(target, event);
    else listener.handleEvent(event);
  } catch (error) {
    throwLater(error);
  }
}
