/**
 * Runs jobs on a few worker threads, each job with a time limit, because mutated code may loop and a thread can be ended.
 *
 * Results come in the order of the jobs, whichever thread was first.
 */

import { Worker } from 'node:worker_threads';
import type { Job, JobResult } from './job.ts';

const WORKER = new URL('worker.ts', import.meta.url);

/** This limit ends mutated code that fills memory sooner than the time limit would. */
const MAX_HEAP_MB = 1_024;

/** Loaded modules are never freed, so after this many jobs a new thread replaces the old one. */
const JOBS_PER_THREAD = 25;

export interface ThreadOptions {
  readonly threads: number;
  readonly timeLimitMs: number;
}

export async function runJobs(jobs: readonly Job[], options: ThreadOptions): Promise<readonly JobResult[]> {
  const results: JobResult[] = [];
  const queue = jobs.entries();
  const lane = async (): Promise<void> => {
    let worker: Worker | null = null;
    let done = 0;
    const end = async (): Promise<void> => {
      await worker?.terminate();
      worker = null;
      done = 0;
    };
    const run = (job: Job): Promise<JobResult> => {
      worker ??= startWorker();
      done += 1;
      return runJob(worker, job, options.timeLimitMs);
    };
    for (const [at, job] of queue) {
      let result = await run(job);
      if (result.kind === 'never-ended' && done > 1) {
        // It may have been the modules of the jobs before it that filled the memory.
        await end();
        result = await run(job);
      }
      results[at] = result;
      if (result.kind === 'never-ended' || result.kind === 'died' || done >= JOBS_PER_THREAD) await end();
    }
    await end();
  };
  await Promise.all(Array.from({ length: Math.min(options.threads, jobs.length) }, lane));
  return results;
}

function startWorker(): Worker {
  return new Worker(WORKER, {
    // Before 24.12, Node prints a warning that its support for TypeScript is experimental, on every start.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
}

function runJob(worker: Worker, job: Job, timeLimitMs: number): Promise<JobResult> {
  return new Promise((resolve) => {
    const end = (result: JobResult): void => {
      clearTimeout(timer);
      worker.off('message', end).off('error', failed);
      resolve(result);
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(isFull ? { kind: 'never-ended' } : { kind: 'died', problem: String(error) });
    };
    const timer = setTimeout(() => end({ kind: 'never-ended' }), timeLimitMs);
    worker.on('message', end).on('error', failed);
    worker.postMessage(job);
  });
}
