/**
 * The proof: tries one schedule of each kind, as the kernel's reduction finds them, whether the lab holds or not.
 *
 * A lab that fails is explored to its end as well, so that its failures are counted and the simplest one is known, unless it
 * has too many kinds for that.
 */

import type { Observation } from '../../course/lab.ts';
import { RecordedRun } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import { type ExplorationJob, WHOLE } from '../../simulator/kernel/source-dpor/job.ts';
import { SourceDpor } from '../../simulator/kernel/source-dpor/source-dpor.ts';
import { ResumedRuns } from '../../simulator/resumed-runs.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { ExplorationSession } from './session.ts';
import { SimplestFailures } from './simplest.ts';
import { simplifyFailures } from './simplify.ts';

const ENDLESS = Number.POSITIVE_INFINITY;

/** After this many schedules a failing lab is not explored further. */
export const ENOUGH_AFTER_A_FAILURE = 5_000;

export interface ProofLimits {
  readonly maxSchedules: number;
  /** The job, if only some of the schedules are to be tried. */
  readonly job?: ExplorationJob;
  /** After this many runs the result is null, whatever they have shown: the caller begins again with parts. */
  readonly giveUpAfter?: number;
  /** How much work this may be. Beyond it there are too many kinds. */
  readonly maxWork?: number;
}

/**
 * Tries one schedule of each kind. Null if there are more than `maxSchedules` kinds or they are too much work, and none so far
 * has failed.
 *
 * @param options `watched` must hold every event whose order a check looks at.
 */
export async function prove(
  options: ExplorationOptions,
  { maxSchedules, job = WHOLE, giveUpAfter = ENDLESS, maxWork = ENDLESS }: ProofLimits,
): Promise<ScenarioExploration | null> {
  const dpor = new SourceDpor(job);
  const resumable = { ...options, resumed: new ResumedRuns<Observation>() };
  const session = new ExplorationSession(job === WHOLE ? resumable : { ...resumable, isPart: true });
  const simplest = new SimplestFailures();
  for (let choices = dpor.next(); choices !== null; ) {
    const run = new RecordedRun(choices);
    if (!(await session.run(run))) return session.result(false);
    // Looking for the races of a long run is most of its work, so the limit comes before it.
    if (session.work.done >= maxWork) {
      if (!session.failed) return null;
      await simplest.confirm(options);
      return session.finish();
    }
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
