/**
 * Mutants of lab 0's right answers that are right, too.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    answer: 'solution',
    path: 'src/bump.ts',
    was: 'added.Attributes?.bumps',
    is: 'added.Attributes.bumps',
    reason: 'With ReturnValues: ALL_NEW an update that succeeds always answers with attributes.',
  },
];
