/**
 * What EventBridge's steps look at and change.
 *
 * A delivery is looked at by its own steps alone, and those follow one another: it needs no path.
 */

import type { Actor } from '../../contract/trace-entry.ts';

/** Whether there is such a bus, and how it is described. */
export const busPath = (bus: string): string => `eventbridge/buses/${bus}`;
/** Which buses there are. */
export const EVERY_BUS = busPath('*');
export const rulePath = (bus: string, name: string): string => `eventbridge/rules/${bus}/${name}`;
/** Which rules a bus has, and what each of them says. */
export const rulesPath = (bus: string): string => rulePath(bus, '*');
/** What decides which deliveries follow from an event on a bus. */
export const routingPaths = (bus: string): readonly string[] => [busPath(bus), rulesPath(bus)];
/** The rules of all buses. */
export const EVERY_RULE = 'eventbridge/rules/*';
/** How often a caller has put events: the ids of its events follow from it. */
export const putsPath = (by: Actor): string => `eventbridge/puts/${by}`;
