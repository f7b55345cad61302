/**
 * The hints of lab 5: for each kind of failure a nudge, the concept, the shape of the fix.
 */

import type { Hint } from '../lab.ts';

export const hints: readonly Hint[] = [];
