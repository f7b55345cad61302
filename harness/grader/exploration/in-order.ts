/**
 * Does several pieces of work concurrently, and gives their results as if they had been done in sequence.
 *
 * It reads the results in the order of the works. It stops works after the last result that counts and ignores their results,
 * so nothing depends on which work was faster.
 */

export type OrderedWork<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Starts all works. Resolves with the results in order, up to and including the first for which `isLast` is true; rejects if
 * one of these works failed. When it settles, no work is running any more. `isLast` is called once for each result, in order.
 */
export async function resultsInOrder<Result>(
  works: readonly OrderedWork<Result>[],
  isLast: (result: Result) => boolean,
  signal?: AbortSignal,
): Promise<readonly Result[]> {
  const stop = new AbortController();
  const stopping = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', stopping, { once: true });
  if (signal?.aborted) stopping();
  const running = works.map((work) => work(stop.signal));
  // A failure waits until its turn comes. Until then Node must not report it as an unhandled rejection.
  for (const one of running) one.catch(() => undefined);
  try {
    const results: Result[] = [];
    for (const one of running) {
      const result = await one;
      results.push(result);
      if (isLast(result)) break;
    }
    return results;
  } finally {
    stop.abort();
    await Promise.allSettled(running);
    signal?.removeEventListener('abort', stopping);
  }
}

/** The same results, one work after the other: none is begun before the one before it is known not to be the last. */
export async function resultsOneByOne<Result>(
  works: readonly OrderedWork<Result>[],
  isLast: (result: Result) => boolean,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const work of works) {
    signal.throwIfAborted();
    const result = await work(signal);
    results.push(result);
    if (isLast(result)) break;
  }
  return results;
}
