/**
 * Mutants of lab 6's right answers that are right, too.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

export const equivalentMutants: readonly EquivalentMutant[] = [];
