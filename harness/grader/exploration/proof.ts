/**
 * The proof: one schedule of each kind, found by the reduction of the kernel, whether the lab holds or not.
 *
 * A lab that fails is explored to its end as well, so that its failures are counted and the simplest one is known; unless
 * there are so many kinds that the point has been made.
 */

import { NotedRun } from '../../simulator/kernel/noted-run.ts';
import { Reduction } from '../../simulator/kernel/reduction.ts';
import type { ExploreOptions, ScenarioExploration } from './exploration.ts';
import { Session } from './session.ts';
import { SimplestFailures } from './simplest.ts';
import { simplifyFailures } from './simplify.ts';

/** A failing lab is explored further than this only to its end. */
const ENOUGH_AFTER_A_FAILURE = 5_000;

/**
 * Tries one schedule of each kind. Null if there are more of them than `maxSchedules`, and none so far has failed.
 *
 * @param options `watched` must hold whatever the checks look at in its order.
 */
export async function prove(options: ExploreOptions, maxSchedules: number): Promise<ScenarioExploration | null> {
  const reduction = new Reduction();
  const session = new Session(options);
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
