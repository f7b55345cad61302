/**
 * The error for Ctrl-C, which is neither a failure nor a verdict.
 *
 * It is thrown after everything has been cleaned up. The exit code is 130, as in shells.
 */

export const EXIT_INTERRUPTED = 130;

export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** How long after the end of a child the signal that ended it may still be on its way, in milliseconds. */
const SIGNAL_DELAY_MS = 150;

/**
 * Whether Ctrl-C is the reason of an error. A terminal sends it to every process of the group, so a child may be gone, and a
 * write to it may have failed, a moment before this process hears of the signal.
 */
export async function wasInterrupted(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return true;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, SIGNAL_DELAY_MS);
  const stopped = (): void => resolve();
  signal.addEventListener('abort', stopped, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', stopped);
  return signal.aborted;
}
