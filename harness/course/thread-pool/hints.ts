import type { Hint } from '../lab.ts';
export const hints: readonly Hint[] = [];
