import type { Mutant } from '../lab.ts';
export const mutants: readonly Mutant[] = [];
