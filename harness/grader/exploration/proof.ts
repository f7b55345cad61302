/**
 * The proof: one schedule of each kind, found by the reduction of the kernel.
 */

import { Reduction } from '../../simulator/kernel/reduction.ts';
import { eventsWatchedBy } from '../watched.ts';
import type { ExploreOptions, ScenarioExploration } from './exploration.ts';
import { Session } from './session.ts';

/**
 * Tries one schedule of each kind. Null if that shows a failure, which is then looked for among all schedules, so that the
 * simplest one is found; or if the checks look at more than the reduction keeps.
 */
export async function prove(options: ExploreOptions, maxSchedules: number): Promise<ScenarioExploration | null> {
  const watched = eventsWatchedBy(options.checks);
  if (watched === null) return null;
  const reduction = new Reduction();
  const session = new Session({ ...options, watched });
  for (let choices = reduction.next(); choices !== null; choices = reduction.next()) {
    if (!(await session.run(choices))) return session.result(false);
    if (session.failed || session.explored >= maxSchedules) return null;
  }
  await session.checkDeterminism();
  return { ...session.result(true), standsFor: reduction.standsFor };
}
