/**
 * What steps share besides the services' data: environments, the scenario, timers, and events that checks watch.
 *
 * If a path is missing here, two dependent steps look independent and orders are lost, so this file errs on the side of too
 * many paths. Services declare the paths of their own data beside each operation.
 */

import type { Footprint } from '../contract/footprint.ts';
import type { TraceEvent } from '../trace.ts';

const changes = (path: string): Footprint => ({ reads: [], writes: [path] });

const OF_WHOLE_SCENARIO = changes('scenario/*');

/** What the scenario, or one lane of it, has learned, in order. */
export function ofScenario(lane: number | null): Footprint {
  return lane === null ? OF_WHOLE_SCENARIO : changes(`scenario/${lane}`);
}
/** All timers together determine which one comes first. */
export const TIMERS = changes('timers');
/** Instants that time does not pass while other work is enabled. */
export const LIMITS: { readonly looked: Footprint; readonly changed: Footprint } = {
  looked: { reads: ['limits of time'], writes: [] },
  changed: { reads: [], writes: [], adds: ['limits of time'] },
};
/** By the kinds of events: what a step shares with others that cause such events, since a check may depend on their order. */
export type WatchedEvents = ReadonlyMap<TraceEvent['kind'], Footprint>;

/** A check that depends on the order of any two of these events. */
export function watchedInOrder(kinds: readonly TraceEvent['kind'][]): WatchedEvents {
  return new Map(kinds.map((kind) => [kind, changes('watched')]));
}

/** A step that asks whether the environment is alive reads this path; a step that delivers something to it writes the path. */
export function ofEnvironment(id: string): { readonly looked: Footprint; readonly changed: Footprint } {
  const path = `environment/${id}`;
  return { looked: { reads: [path], writes: [] }, changed: changes(path) };
}
