/**
 * Runs the type check in a thread of its own: it takes seconds, and a verdict must not wait for it.
 */

import { Worker } from 'node:worker_threads';
import type { TypeComplaint } from './type-errors.ts';

/** The type errors of these files. Aborting ends the thread, and the list is then empty. */
export function checkTypes(
  files: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<readonly TypeComplaint[]> {
  if (signal?.aborted) return Promise.resolve([]);
  return new Promise((settle, reject) => {
    const worker = new Worker(new URL('./type-thread.ts', import.meta.url), { workerData: files });
    const stop = (): void => {
      void worker.terminate();
      settle([]);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (errors: readonly TypeComplaint[]) => settle(errors));
    worker.once('error', reject);
    worker.once('exit', () => signal?.removeEventListener('abort', stop));
  });
}
