/**
 * Does several pieces of work at once, and gives their results as if they had been done one after the other.
 *
 * Results are looked at in the order of the works only. Works after the last result that counts are stopped, and their results are
 * not looked at, so nothing depends on which work was faster.
 */

export type OrderedWork<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Starts all works. Resolves with the results in order, up to the first of which `isLast` is true, and including it; rejects if one
 * of these works failed. When it settles, nothing is running any more. `isLast` is asked once of each result, in order.
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
  // A failure waits until it is looked at. Until then Node must not report it as a rejection that nothing handles.
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
