/**
 * The proof: tries one schedule of each kind, as the kernel's reduction finds them, whether the lab holds or not.
 *
 * A lab that fails is explored to its end as well, so that its failures are counted and the simplest one is known, unless it has
 * too many kinds for that.
 */

import { NotedRun } from '../../simulator/kernel/noted-run/noted-run.ts';
import { type Job, WHOLE } from '../../simulator/kernel/reduction/job.ts';
import { Reduction } from '../../simulator/kernel/reduction/reduction.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { ExplorationSession } from './session.ts';
import { SimplestFailures } from './simplest.ts';
import { simplifyFailures } from './simplify.ts';

/** After this many schedules a lab that has failed is not explored further. */
export const ENOUGH_AFTER_A_FAILURE = 5_000;

export interface ProofLimits {
  readonly maxSchedules: number;
  /** Which of the schedules to try; all of them if it is absent. */
  readonly job?: Job;
  /** After this many runs the answer is null, whatever they have shown: the caller begins again with parts. */
  readonly giveUpAfter?: number;
}

/**
 * Tries one schedule of each kind. Null if there are more than `maxSchedules` kinds, and none so far has failed.
 *
 * @param options `watched` must hold every event whose order a check looks at.
 */
export async function prove(
  options: ExplorationOptions,
  { maxSchedules, job = WHOLE, giveUpAfter = Number.POSITIVE_INFINITY }: ProofLimits,
): Promise<ScenarioExploration | null> {
  const reduction = new Reduction(job);
  const session = new ExplorationSession(job === WHOLE ? options : { ...options, isPart: true });
  const simplest = new SimplestFailures();
  for (let choices = reduction.next(); choices !== null; ) {
    const run = new NotedRun(choices);
    if (!(await session.run(run))) return session.result(false);
    choices = reduction.next();
    const { lastRun } = reduction;
    if (session.broken !== null && lastRun !== null) {
      session.standFor(lastRun.orders);
      simplest.note(session.broken, run, lastRun.after);
    }
    if (choices === null) break;
    if (session.explored >= giveUpAfter) {
      await session.checkDeterminism();
      return session.found ? session.result(false) : null;
    }
    if (session.failed && session.explored >= Math.min(ENOUGH_AFTER_A_FAILURE, maxSchedules)) {
      await simplest.confirm(options);
      return session.finish();
    }
    if (session.explored >= maxSchedules) return null;
  }
  await simplest.confirm(options);
  await session.checkDeterminism();
  const result = { ...session.result(true), standsFor: reduction.standsFor };
  await simplifyFailures(
    options,
    result.checks.filter(({ simplestOfTried }) => simplestOfTried === true),
  );
  return result;
}
