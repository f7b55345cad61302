/** Pseudo-random schedules, one a seed: a stated number of samples, and no proof. */

import { seeded } from '../../simulator/kernel/choices.ts';
import type { ExploreOptions, ScenarioExploration } from './exploration.ts';
import { Session } from './session.ts';

/** Runs so many schedules; the seeds are `seed`, `seed + 1` …. */
export async function sample(options: ExploreOptions, schedules: number, seed: number): Promise<ScenarioExploration> {
  const session = new Session(options);
  for (let i = 0; i < schedules; i += 1) {
    if (!(await session.run(seeded(seed + i)))) return session.result(false, seed);
  }
  return session.finish(seed);
}
