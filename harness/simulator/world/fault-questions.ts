/**
 * Which of a run's questions ask for a fault, and how many faults one run can have.
 *
 * For whoever explores by how many faults a schedule takes. That a deadline comes early is no question: it is a step that
 * comes before others.
 */

import type { FaultKind } from '../trace.ts';

const FAULT_QUESTIONS: readonly string[] = ['fault', 'duplicate', 'reorder'];

/** Whether every answer but the first one is a fault. */
export function isFaultQuestion(reason: string): boolean {
  return FAULT_QUESTIONS.includes(reason);
}

/** How many faults there are at most in one run. The two crashes are of one budget (see `faults.ts`). */
export function mostFaultsOf(budget: Readonly<Partial<Record<FaultKind, number>>>): number {
  const { 'crash-before': before = 0, 'crash-after': after = 0, ...others } = budget;
  return Object.values(others).reduce((sum, most) => sum + most, Math.max(before, after));
}
