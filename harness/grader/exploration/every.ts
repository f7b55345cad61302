/**
 * Tries every schedule, one after the other, depth first. Other ways of exploring are measured against this one.
 */

import { Exhaustive } from '../../simulator/kernel/choices.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { ExplorationSession } from './session.ts';

/** After a first failure, exploration goes on to find the simplest failure, up to this many schedules. */
const ENOUGH_AFTER_A_FAILURE = 2_000;

/** Tries every schedule. Null if there are more than `maxSchedules` schedules, and none so far has failed. */
export async function tryEvery(options: ExplorationOptions, maxSchedules: number): Promise<ScenarioExploration | null> {
  const all = new Exhaustive();
  const session = new ExplorationSession(options);
  for (let choices = all.next(); choices !== null; choices = all.next()) {
    if (session.explored >= maxSchedules && !session.failed) return null;
    if (session.failed && session.explored >= ENOUGH_AFTER_A_FAILURE) return session.finish();
    if (!(await session.run(choices))) return session.result(false);
  }
  await session.checkDeterminism();
  return session.result(true);
}
