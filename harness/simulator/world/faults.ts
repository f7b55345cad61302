/**
 * Faults are choices with a small budget: which may still happen, and which one happens at this call.
 *
 * Option 0 is always «none», so a record of choices lists faults as deviations. Carries nothing out itself.
 */

import type { CallFault } from '../contract/call-fault.ts';
import type { FaultCounts, FaultKind } from '../contract/fault.ts';
import type { Footprint } from '../contract/footprint.ts';
import type { Choices } from '../kernel/choices.ts';
import { SERVICES } from '../services/all.ts';

/** The faults that may strike at any call, whichever service it is for. */
type FaultOfAnyCall = 'crash-before' | 'crash-after' | 'answer-lost';

const FAULTS_OF_ANY_CALL: readonly FaultOfAnyCall[] = ['crash-before', 'crash-after', 'answer-lost'];

/** What strikes at a call: a fault of any call, or one that the call's own service offers. */
export type StruckCall = { readonly fault: FaultOfAnyCall } | CallFault;

export class FaultBudget {
  readonly #left: Map<FaultKind, number>;
  readonly #touch: (footprint: Footprint) => void;

  /**
   * `touch` is told of each step that spends. A step that could have spent and did not is not told of: when nothing is left to spend,
   * it does the same.
   */
  constructor(budget: FaultCounts, touch: (footprint: Footprint) => void) {
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
   * Uses up one. The ways to crash or to lose an answer have budgets of their own, but the two crashes share the larger of theirs:
   * «≤ 1 crash» means one, wherever it strikes.
   */
  spend(fault: FaultKind): void {
    this.#touch({ reads: [], writes: [pathOf(fault)] });
    const kinds: readonly FaultKind[] =
      fault === 'crash-before' || fault === 'crash-after' ? ['crash-before', 'crash-after'] : [fault];
    for (const kind of kinds) this.#left.set(kind, Math.max(0, (this.#left.get(kind) ?? 0) - 1));
  }

  /** Asks whether a fault strikes at a call, and spends it. `own`: those that the call's service offers now. */
  pickAtCall(choices: Choices, own: readonly CallFault[]): StruckCall | null {
    if (this.#left.size === 0) return null;
    const ofAny: readonly StruckCall[] = FAULTS_OF_ANY_CALL.map((fault) => ({ fault }));
    const possible = [...ofAny, ...own].filter(({ fault }) => this.mayStrike(fault));
    if (possible.length === 0) return null;
    const names = ['none', ...possible.map(({ fault }) => fault)];
    const chosen = possible[choices.pick(FAULT_QUESTION, names.length, names) - 1] ?? null;
    if (chosen !== null) this.spend(chosen.fault);
    return chosen;
  }
}

/** Both crashes are of one budget. */
function pathOf(fault: FaultKind): string {
  return `faults/${fault === 'crash-before' || fault === 'crash-after' ? 'crash' : fault}`;
}

const FAULT_QUESTION = 'fault';
/** A service's offer asks in the name of its fault (contract/effect.ts). */
const OFFERED: ReadonlySet<string> = new Set(SERVICES.flatMap(({ faults }) => faults));

/**
 * Whether every answer to a question but the first one is a fault: for an exploration by how many faults a schedule takes. That a
 * deadline comes early is no question: it is a step that comes before others.
 */
export function isFaultQuestion(reason: string): boolean {
  return reason === FAULT_QUESTION || OFFERED.has(reason);
}

/** How many faults there are at most in one run. The two crashes are of one budget. */
export function mostFaultsOf(budget: FaultCounts): number {
  const { 'crash-before': before = 0, 'crash-after': after = 0, ...others } = budget;
  return Object.values(others).reduce((sum, most) => sum + most, Math.max(before, after));
}
