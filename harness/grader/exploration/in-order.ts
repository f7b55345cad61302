/**
 * Several pieces of work at once, and their results as if one had been done after the other.
 *
 * Results are looked at in their order only. What comes after the last one that counts is stopped, and whatever became of it
 * is not looked at: so nothing depends on who was faster.
 */

export type OrderedWork<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Starts all of them. Resolves with the results in their order, up to and with the first that `isLast`; rejects if one up to
 * there failed. By then nothing is running any more. `isLast` is asked once of each result, in order.
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
  // A failure waits until it is looked at; until then nobody else should take it for one that nobody expects.
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
