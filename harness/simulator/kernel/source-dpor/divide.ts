/**
 * Divides one exploration into jobs that can be explored anywhere, each by a `SourceDpor` of its own: `new SourceDpor(job)`.
 *
 * Together the jobs visit exactly the equivalence classes that one exploration visits, each of them once: a job is a prefix of
 * choices, and a sleep set of what other jobs explore in its place. Which jobs there are follows from the program alone, never
 * from the process that explores them. Starts no worker.
 */

import type { Choices } from '../choices.ts';
import { type ExplorationJob, WHOLE } from './job.ts';
import { SourceDpor } from './source-dpor.ts';

/**
 * Divides an exploration into at least `atLeast` jobs, or into as many as it has.
 *
 * The backtrack sets of the prefixes hold everything that is enabled, whether or not it races with anything. So some jobs turn
 * out to be empty, with no run that is not sleep-set blocked, and an exploration of few classes is better left whole: divide
 * one that was not done after some hundred runs.
 *
 * @param run Runs the program once under these choices, as for an exploration; resolves when the run has ended.
 * @param atLeast A few times the number of workers, so that none is idle for long. The same number gives the same jobs on
 * every machine.
 */
export async function divide(
  run: (choices: Choices) => Promise<unknown>,
  atLeast: number,
): Promise<readonly ExplorationJob[]> {
  let jobs: readonly ExplorationJob[] = [WHOLE];
  while (jobs.length < atLeast && jobs.some(({ isOneRun }) => !isOneRun)) {
    const parts: ExplorationJob[] = [];
    for (const job of jobs) parts.push(...(job.isOneRun ? [job] : await partsOf(job, run)));
    jobs = parts;
  }
  return jobs;
}

/** The same part of the exploration as jobs whose prefixes are one step longer. */
async function partsOf(
  job: ExplorationJob,
  run: (choices: Choices) => Promise<unknown>,
): Promise<readonly ExplorationJob[]> {
  const parts: ExplorationJob[] = [];
  const dpor = new SourceDpor(job, (part) => parts.push(part));
  for (let choices = dpor.next(); choices !== null; choices = dpor.next()) await run(choices);
  return parts;
}
