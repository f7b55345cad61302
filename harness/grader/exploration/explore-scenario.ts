/**
 * Explores one scenario in this thread: all parts that its plan asks for, one after the other.
 *
 * `grade` has workers explore the same parts. Tests and benchmarks explore with this function, without workers.
 */

import { invariant } from '../../simulator/kernel/bug.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { exploreInParts } from './in-parts.ts';
import { explorePart } from './part.ts';

/** Explores as the scenario's plan says. Rejects with `HostStopped` if the code had to be stopped. */
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
