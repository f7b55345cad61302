/**
 * What steps have in common besides the data of services: environments, the scenario, timers, faults, what checks watch.
 *
 * Whatever is missing here makes two steps look independent that are not, and hides orders. So it errs on the side of too
 * much. What services keep is said by themselves, beside each operation.
 */

import type { Footprint } from '../services/service.ts';

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
/** Transactions that could meet each other. */
export const TRANSACTIONS = changes('dynamodb transactions');

/** Looked at by whoever asks whether it is alive, changed by whatever it is told. */
export function ofEnvironment(id: string): { readonly looked: Footprint; readonly changed: Footprint } {
  const path = `environment/${id}`;
  return { looked: { reads: [path], writes: [] }, changed: changes(path) };
}

export function ofDownstream(name: string): Footprint {
  return changes(`downstream/${name}`);
}
