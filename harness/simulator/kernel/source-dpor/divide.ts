/**
 * Divides one exploration into jobs that can be explored anywhere, each by a `Reduction` of its own: `new Reduction(job)`.
 *
 * Together the jobs visit exactly the kinds of schedules that one reduction visits, each of them once: a job is how its
 * schedules begin, and what sleeps there since another job tries it. Which jobs there are is a matter of the program alone,
 * never of who explores them. Jobs are plain data. Starts no worker.
 */

import type { Choices } from '../choices.ts';
import { type Job, WHOLE } from './job.ts';
import { Reduction } from './source-dpor.ts';

/**
 * Divides an exploration into at least so many jobs, if it has so many.
 *
 * Above the division everything that is possible is tried, whether or not it races with anything. So some jobs turn out to
 * be empty, and an exploration of few kinds is better left whole: divide one that was not done after some hundred runs.
 *
 * @param run Runs the program once under these choices, as for an exploration; resolves when the run has ended.
 * @param atLeast So many jobs; some times the number of workers, so that none is idle for long. The same number gives the
 * same jobs on every machine.
 */
export async function divide(run: (choices: Choices) => Promise<unknown>, atLeast: number): Promise<readonly Job[]> {
  let jobs: readonly Job[] = [WHOLE];
  while (jobs.length < atLeast && jobs.some(({ ends }) => !ends)) {
    const parts: Job[] = [];
    for (const job of jobs) parts.push(...(job.ends ? [job] : await partsOf(job, run)));
    jobs = parts;
  }
  return jobs;
}

/** The same, one step further. */
async function partsOf(job: Job, run: (choices: Choices) => Promise<unknown>): Promise<readonly Job[]> {
  const parts: Job[] = [];
  const reduction = new Reduction(job, (part) => parts.push(part));
  for (let choices = reduction.next(); choices !== null; choices = reduction.next()) await run(choices);
  return parts;
}
