/**
 * Runs the type check in a thread of its own: it takes seconds, and a verdict must not wait for it.
 *
 * Code that keeps TypeScript busy without end, fills its memory or overflows its stack ends the thread and nothing else.
 */

import { Worker } from 'node:worker_threads';
import type { TypeComplaint } from './type-errors.ts';

/** `given-up`: it was stopped before it was done. `failed`: TypeScript itself broke over this code, for this reason. */
export type TypeCheckEnd =
  | { readonly kind: 'checked'; readonly complaints: readonly TypeComplaint[] }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'failed'; readonly why: string };

export interface TypeCheck {
  /** Never rejects. */
  readonly end: Promise<TypeCheckEnd>;
  /** The processor time of the check so far, in milliseconds. Never rejects. */
  computedMs(): Promise<number>;
  /** Ends the thread. Without effect once the check has ended. */
  giveUp(): void;
}

/** What the thread may take, in MB: the declarations of the SDK need a fifth of it. */
const LIMITS = { maxOldGenerationSizeMb: 1_024, stackSizeMb: 4 };

/** Starts to check the types of these files. */
export function startTypeCheck(files: ReadonlyMap<string, string>): TypeCheck {
  const { promise: end, resolve } = Promise.withResolvers<TypeCheckEnd>();
  const worker = new Worker(new URL('./type-thread.ts', import.meta.url), {
    workerData: files,
    resourceLimits: LIMITS,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  worker.once('message', (complaints: readonly TypeComplaint[]) => resolve({ kind: 'checked', complaints }));
  worker.once('error', (error) =>
    resolve({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
  worker.once('exit', (code) => resolve({ kind: 'failed', why: `its thread ended with code ${code}` }));
  return {
    end,
    async computedMs() {
      try {
        const { user, system } = await worker.cpuUsage();
        return (user + system) / 1_000;
      } catch {
        // The thread has just ended, or does not run yet.
        return 0;
      }
    },
    giveUp() {
      resolve({ kind: 'given-up' });
      void worker.terminate();
    },
  };
}

/** The type errors of these files; empty if there is no answer. */
export async function checkTypes(files: ReadonlyMap<string, string>): Promise<readonly TypeComplaint[]> {
  const end = await startTypeCheck(files).end;
  return end.kind === 'checked' ? end.complaints : [];
}
