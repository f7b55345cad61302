/**
 * The proof: one schedule of each kind, found by the reduction of the kernel, whether the lab holds or not.
 *
 * A lab that fails is explored to its end as well, so that its failures are counted and the simplest one is known; unless
 * there are so many kinds that the point has been made.
 */

import { RecordedRun } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import { type ExplorationJob, WHOLE } from '../../simulator/kernel/source-dpor/job.ts';
import { SourceDpor } from '../../simulator/kernel/source-dpor/source-dpor.ts';
import type { ExploreOptions, ScenarioExploration } from './exploration.ts';
import { Session } from './session.ts';
import { SimplestFailures } from './simplest.ts';
import { simplifyFailures } from './simplify.ts';

/** A failing lab is explored further than this only to its end. */
export const ENOUGH_AFTER_A_FAILURE = 5_000;

export interface ProofLimits {
  readonly maxSchedules: number;
  /** The part of the schedules that is to be tried; all of them unless something is said. */
  readonly job?: ExplorationJob;
  /** Null after so many runs, whatever they have shown: somebody else begins again with parts. */
  readonly giveUpAfter?: number;
}

/**
 * Tries one schedule of each kind. Null if there are more of them than `maxSchedules`, and none so far has failed.
 *
 * @param options `watched` must hold whatever the checks look at in its order.
 */
export async function prove(
  options: ExploreOptions,
  { maxSchedules, job = WHOLE, giveUpAfter = Number.POSITIVE_INFINITY }: ProofLimits,
): Promise<ScenarioExploration | null> {
  const dpor = new SourceDpor(job);
  const session = new Session(job === WHOLE ? options : { ...options, isPart: true });
  const simplest = new SimplestFailures();
  for (let choices = dpor.next(); choices !== null; ) {
    const run = new RecordedRun(choices);
    if (!(await session.run(run))) return session.result(false);
    choices = dpor.next();
    const { lastClass } = dpor;
    if (session.broken !== null && lastClass !== null) {
      session.standFor(lastClass.linearExtensions);
      simplest.note(session.broken, run, lastClass.happensBefore);
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
  const result = { ...session.result(true), standsFor: dpor.standsFor };
  await simplifyFailures(
    options,
    result.checks.filter(({ simplestOfTried }) => simplestOfTried === true),
  );
  return result;
}
