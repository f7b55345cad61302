/**
 * What steps have in common besides the data of services: environments, the scenario, timers, what checks watch.
 *
 * A path that is missing here makes two steps look independent that are not, and hides orders; so this errs on the side of too much.
 * What services keep is said by themselves, beside each operation.
 */

import type { Footprint } from '../contract/footprint.ts';

const changes = (path: string): Footprint => ({ reads: [], writes: [path] });

const OF_WHOLE_SCENARIO = changes('scenario/*');

/** What the scenario has been told, in which order; or one lane of it. */
export function ofScenario(lane: number | null): Footprint {
  return lane === null ? OF_WHOLE_SCENARIO : changes(`scenario/${lane}`);
}
/** Which timer comes first is a matter of all of them. */
export const TIMERS = changes('timers');
/** Instants that time does not pass while other work is possible. */
export const LIMITS: { readonly looked: Footprint; readonly changed: Footprint } = {
  looked: { reads: ['limits of time'], writes: [] },
  changed: { reads: [], writes: [], adds: ['limits of time'] },
};
/** Events that a check looks at are seen in their order. */
export const WATCHED = changes('watched');

/** Looked at by a step that asks whether the environment is alive, changed by every step that tells it something. */
export function ofEnvironment(id: string): { readonly looked: Footprint; readonly changed: Footprint } {
  const path = `environment/${id}`;
  return { looked: { reads: [path], writes: [] }, changed: changes(path) };
}
