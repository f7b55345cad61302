/**
 * Explores one scenario: every schedule, or stated samples; what each check says; the simplest run that breaks it.
 *
 * The door to the plans in `exploration/`: takes the one that the scenario asks for, and the next where it does not reach. Words
 * nothing. Exploration is by count, never by clock, so that it is the same on every machine.
 */

import { tryEvery } from './exploration/every.ts';
import type { ExploreOptions, ScenarioExploration } from './exploration/exploration.ts';
import { prove } from './exploration/proof.ts';
import { sample } from './exploration/sampled.ts';
import { runTimed } from './timed.ts';
import { eventsWatchedBy } from './watched.ts';

export type {
  CheckExploration,
  Cost,
  ExploreOptions,
  Failure,
  ScenarioExploration,
} from './exploration/exploration.ts';

/** Explores as the scenario asks. Rejects with `HostStopped` if the code had to be stopped. */
export async function explore(options: ExploreOptions): Promise<ScenarioExploration> {
  const { explore: plan } = options.scenario;
  if (plan.mode === 'timed') return runTimed(options, options.seed === undefined ? plan.seeds : [options.seed]);
  if (plan.mode === 'sampled') return sample(options, plan.schedules, options.seed ?? plan.seed);
  const watched = eventsWatchedBy(options.checks);
  const { maxSchedules, sampleInstead } = plan;
  const all =
    watched === null ? await tryEvery(options, maxSchedules) : await prove({ ...options, watched }, maxSchedules);
  return all ?? sample(options, sampleInstead.schedules, options.seed ?? sampleInstead.seed);
}
