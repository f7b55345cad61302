/**
 * Waits in real time, and stops at once on Ctrl-C.
 *
 * Only targets in real time use it.
 */

/** Rejects with the signal's reason when it is aborted. */
export function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The promise's result, or the signal's reason if it is aborted first. Then the promise's outcome is ignored. */
export async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export interface Poll {
  readonly everyMs: number;
  readonly atMostMs: number;
  readonly signal?: AbortSignal;
}

/** Asks until there is an answer; null if there was none in time. */
export async function pollUntilAnswered<Answer>(ask: () => Promise<Answer | null>, how: Poll): Promise<Answer | null> {
  const untilMs = performance.now() + how.atMostMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() >= untilMs) return null;
    await pause(how.everyMs, how.signal);
  }
}
