/**
 * Faults are choices with a small budget: which may still happen, and which one happens at this call.
 *
 * Option 0 is always «none», so a record of choices lists faults as deviations. Carries nothing out itself.
 */

import type { Choices } from '../kernel/choices.ts';
import type { Footprint } from '../services/service.ts';
import type { FaultKind } from '../trace.ts';

/** The faults that strike at a call; `deadline` is the clock's (see the agenda), `duplicate` and `reorder` are the queues'. */
export type CallFault = Exclude<FaultKind, 'deadline' | 'duplicate' | 'reorder'>;

const CALL_FAULTS: readonly CallFault[] = ['crash-before', 'crash-after', 'answer-lost', 'conflict'];

export class FaultBudget {
  readonly #left: Map<FaultKind, number>;
  readonly #touch: (footprint: Footprint) => void;

  /**
   * `touch` is told who spends of it. Who could have and did not is not told: nothing is different for them when there is
   * nothing left to spend.
   */
  constructor(budget: Readonly<Partial<Record<FaultKind, number>>>, touch: (footprint: Footprint) => void) {
    this.#touch = touch;
    this.#left = new Map(Object.entries(budget) as [FaultKind, number][]);
  }

  /** Whether it may strike now. */
  mayStrike(fault: FaultKind): boolean {
    return (this.#left.get(fault) ?? 0) > 0;
  }

  /** The same, asked by a step that does something else if it may not. */
  decidesBy(fault: FaultKind): boolean {
    if (this.#left.has(fault)) this.#touch({ reads: [pathOf(fault)], writes: [] });
    return this.mayStrike(fault);
  }

  /**
   * Uses up one. The three ways to crash or to lose an answer are budgets of their own, but the two crashes share the
   * larger of theirs: «≤ 1 crash» means one, wherever it strikes.
   */
  spend(fault: FaultKind): void {
    this.#touch({ reads: [], writes: [pathOf(fault)] });
    const kinds: readonly FaultKind[] =
      fault === 'crash-before' || fault === 'crash-after' ? ['crash-before', 'crash-after'] : [fault];
    for (const kind of kinds) this.#left.set(kind, Math.max(0, (this.#left.get(kind) ?? 0) - 1));
  }

  /** Asks whether a fault strikes at a call, and spends it. `meets`: the call could meet a running transaction. */
  pickAtCall(choices: Choices, meets: boolean): CallFault | null {
    if (this.#left.size === 0) return null;
    const possible = CALL_FAULTS.filter((fault) => this.mayStrike(fault) && (meets || fault !== 'conflict'));
    if (possible.length === 0) return null;
    const chosen = possible[choices.pick('fault', possible.length + 1, ['none', ...possible]) - 1] ?? null;
    if (chosen !== null) this.spend(chosen);
    return chosen;
  }
}

/** Both crashes are of one budget. */
function pathOf(fault: FaultKind): string {
  return `faults/${fault === 'crash-before' || fault === 'crash-after' ? 'crash' : fault}`;
}
