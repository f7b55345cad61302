/**
 * Explores one scenario: every schedule, or stated samples; what each check says; the simplest run that breaks it.
 *
 * The door to `exploration/`, where the plans stand, for whoever explores alone. Words nothing. Exploration is by count, never
 * by clock, so that it is the same on every machine.
 */

import { invariant } from '../../simulator/kernel/bug.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { exploreInParts } from './in-parts.ts';
import { explorePart } from './part.ts';

export type {
  CheckExploration,
  Cost,
  ExplorationOptions,
  Failure,
  ScenarioExploration,
} from './exploration.ts';

/**
 * Explores as the scenario asks, in this thread, one part after the other. Rejects with `HostStopped` if the code had to be
 * stopped.
 */
export async function exploreScenario(options: ExplorationOptions): Promise<ScenarioExploration> {
  const { scenario, seed, signal } = options;
  let before: Promise<unknown> = Promise.resolve();
  const outcome = await exploreInParts({
    scenario,
    ...(seed === undefined ? {} : { seed }),
    ...(signal === undefined ? {} : { signal }),
    explorePart(part, _number, stop) {
      const turn = before.then(() => {
        stop.throwIfAborted();
        return explorePart({ ...options, signal: stop }, part);
      });
      before = turn.catch(() => undefined);
      return turn;
    },
  });
  invariant(outcome.kind === 'explored', 'an exploration without a host that stops it has an end');
  return outcome.exploration;
}
