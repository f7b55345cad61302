/**
 * What EventBridge's steps look at and change.
 *
 * A delivery is looked at by its own steps alone, and those follow one another: it needs no path.
 */

import type { Actor } from '../../contract/trace-entry.ts';

export const rulePath = (name: string): string => `eventbridge/rules/${name}`;
/** Which rules there are, and what each of them says. */
export const EVERY_RULE = 'eventbridge/rules/*';
/** How often a caller has put events: the ids of its events follow from it. */
export const putsPath = (by: Actor): string => `eventbridge/puts/${by}`;
