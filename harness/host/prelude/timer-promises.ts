/**
 * `node:timers/promises`: waiting in virtual time, which a signal can end. https://nodejs.org/api/timers.html#timers-promises-api
 */

import type { RealmAbortSignal } from './abort.ts';
import { environmentNow } from './environment-now.ts';
import { nodeError } from './node-errors.ts';

interface SleepOptions {
  readonly signal?: RealmAbortSignal;
}

const SHORTEST_MS = 1;

/** Resolves with `value`. Rejects with an AbortError when the signal is aborted before. */
function sleep(delayMs = SHORTEST_MS, value?: unknown, { signal }: SleepOptions = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(abortErrorOf(signal));
    const environment = environmentNow();
    const aborted = (): void => {
      environment.clearTimer(timer);
      reject(abortErrorOf(signal));
    };
    const timer = environment.setTimer(
      () => {
        signal?.removeEventListener('abort', aborted);
        resolve(value);
      },
      delayMs,
      false,
    );
    signal?.addEventListener('abort', aborted, { once: true });
    return undefined;
  });
}

async function* repeat(delayMs = SHORTEST_MS, value?: unknown, options: SleepOptions = {}): AsyncGenerator {
  for (;;) yield await sleep(delayMs, value, options);
}

function abortErrorOf(signal: RealmAbortSignal | undefined): Error {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted');
  return Object.assign(error, { name: 'AbortError', cause: signal?.reason });
}

export const timerPromises = {
  setTimeout: sleep,
  setImmediate: (value?: unknown, options?: SleepOptions) => sleep(SHORTEST_MS, value, options),
  setInterval: repeat,
  scheduler: {
    wait: (delayMs?: number, options?: SleepOptions) => sleep(delayMs, undefined, options),
    yield: () => sleep(SHORTEST_MS),
  },
};
