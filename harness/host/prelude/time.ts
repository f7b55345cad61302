/**
 * Virtual time for learners: `Date`, `performance`, timers. None of them reads a real clock.
 */

import { PROMISIFIED } from './callbacks-and-text.ts';
import type { RealmEnvironment } from './environment.ts';
import { environmentNow } from './environment-now.ts';
import { timerPromises } from './timer-promises.ts';

export interface RealmClock {
  /** The calendar time of the current virtual time, in milliseconds since the Unix epoch. */
  epochNowMs(): number;
  /** Milliseconds since the run began. */
  nowMs(): number;
}

/** A `Date` whose present is the run's. The rest of it is the language's own. */
export function makeDate(clock: RealmClock): DateConstructor {
  const Native = Date;
  const now = (): number => clock.epochNowMs();
  Object.defineProperty(Native, 'now', { value: now, configurable: true, writable: true });
  const VirtualDate: DateConstructor = new Proxy(Native, {
    construct: (target, args: unknown[], newTarget): Date =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === VirtualDate ? target : newTarget,
      ) as Date,
    apply: (target): string => new target(now()).toString(),
  });
  Object.defineProperty(Native.prototype, 'constructor', { value: VirtualDate, configurable: true, writable: true });
  virtualiseIntl(now);
  return VirtualDate;
}

/** `new Intl.DateTimeFormat().format()` without an argument formats the present. */
function virtualiseIntl(now: () => number): void {
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  const { formatToParts } = prototype;
  if (format === undefined) return;
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const native = format.call(this) as (date?: Date | number) => string;
      return (date?: Date | number) => native(date ?? now());
    },
  });
  Object.defineProperty(prototype, 'formatToParts', {
    configurable: true,
    writable: true,
    value(this: Intl.DateTimeFormat, date?: Date | number) {
      return formatToParts.call(this, date ?? now());
    },
  });
}

/** What Node's timers return. It can be compared and cleared; `ref` and `unref` have no effect. */
export class Timeout {
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  close(): this {
    environmentNow().clearTimer(this.#id);
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

type Callback = (...args: unknown[]) => void;

/** `setTimeout` and its siblings, on the environment's own timers. */
export function makeTimers(current: () => RealmEnvironment): Readonly<Record<string, unknown>> {
  const set =
    (repeat: boolean) =>
    (callback: Callback, delayMs = 1, ...args: unknown[]) => {
      if (typeof callback === 'string')
        current().refuse('Your code gives a timer a string.', 'A lab runs no code from strings. Give it a function.');
      if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function');
      return new Timeout(current().setTimer(() => callback(...args), delayMs, repeat));
    };
  const clear = (timer: unknown): void => {
    if (timer !== undefined && timer !== null) current().clearTimer(Number(timer));
  };
  const setImmediate = (callback: Callback, ...args: unknown[]): Timeout => set(false)(callback, 1, ...args);
  return {
    setTimeout: Object.assign(set(false), { [PROMISIFIED]: timerPromises.setTimeout }),
    setInterval: set(true),
    setImmediate: Object.assign(setImmediate, { [PROMISIFIED]: timerPromises.setImmediate }),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    queueMicrotask: (callback: Callback) => {
      const environment = current();
      void Promise.resolve().then(() => {
        try {
          callback();
        } catch (error) {
          environment.uncaught(error, null);
        }
      });
    },
  };
}
