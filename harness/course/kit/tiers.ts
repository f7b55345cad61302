/**
 * The names of the three hints that each kind of failure has, in order.
 *
 * Commands and pages use the same names. The texts stand in each lab's `hints.ts`.
 */

export const TIERS = ['a nudge', 'the concept', 'the shape of the fix'] as const;
