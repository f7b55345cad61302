/**
 * Faults are choices with a small budget: which faults the budget still allows, and which one strikes at this call.
 *
 * Option 0 is always «none», so a record of choices lists faults as deviations. This file carries nothing out.
 */

import type { CallFault } from '../contract/call-fault.ts';
import type { FaultCounts, FaultKind } from '../contract/fault.ts';
import type { Footprint } from '../contract/footprint.ts';
import { type PutBack, type Restorable, refill } from '../kernel/checkpoint.ts';
import type { Choices, NamedOption } from '../kernel/choices.ts';
import { SERVICES } from '../services/all.ts';

/** The faults that may strike at any call of any service. */
export type FaultOfAnyCall = 'crash-before' | 'crash-after' | 'answer-lost' | 'slow' | FaultOfTrouble;
/** Those in which the service itself answers with its own trouble. */
type FaultOfTrouble = 'throttled' | 'failed-before' | 'failed-after';

const FAULTS_OF_ANY_CALL: readonly FaultOfAnyCall[] = [
  'crash-before',
  'crash-after',
  'answer-lost',
  'slow',
  'throttled',
  'failed-before',
  'failed-after',
];

/** Faults that share the larger of their budgets: «≤ 1 crash» means one crash, before or after a call. */
const SHARED: readonly (readonly [name: string, kinds: readonly FaultKind[]])[] = [
  ['crash', ['crash-before', 'crash-after']],
  ['failed', ['failed-before', 'failed-after']],
];

/** The fault that strikes at a call: one that may strike at any call, or one that the call's own service offers. */
export type StruckCall = { readonly fault: FaultOfAnyCall } | CallFault;

/** An option of the question at a call. */
interface Strike extends NamedOption {
  /** Null for the ordinary course. */
  readonly struck: StruckCall | null;
}

const NONE: Strike = { name: 'none', place: 0, struck: null };
const STRIKES_AT_ANY_CALL: readonly Strike[] = FAULTS_OF_ANY_CALL.map((fault, index) => ({
  ...{ name: fault, place: 1 + index },
  struck: { fault },
}));
const SLOW_OR_NOT: readonly Strike[] = [NONE, ...STRIKES_AT_ANY_CALL.filter(({ name }) => name === 'slow')];

export class FaultBudget implements Restorable {
  readonly #left: Map<string, number>;
  readonly #allowed: FaultCounts;
  readonly #touch: (footprint: Footprint) => void;

  /**
   * `touch` receives the footprint of each step that spends a fault. A step that could have spent one and did not needs none:
   * it does the same when the budget is spent.
   */
  constructor(budget: FaultCounts, touch: (footprint: Footprint) => void) {
    this.#touch = touch;
    this.#allowed = budget;
    this.#left = new Map(Object.entries(budget));
  }

  checkpoint(): PutBack {
    const left = new Map(this.#left);
    return () => {
      refill(this.#left, left);
      return true;
    };
  }

  /** Whether the budget has one of this fault left. */
  mayStrike(fault: FaultKind): boolean {
    return (this.#left.get(fault) ?? 0) > 0;
  }

  /** Whether the budget had one of this fault at the start of the run. */
  isAllowed(fault: FaultKind): boolean {
    return (this.#allowed[fault] ?? 0) > 0;
  }

  /** Whether the budget has one of this fault left, for a step that acts differently if the answer is no. */
  decidesBy(fault: FaultKind): boolean {
    if (this.#left.has(fault)) this.#touch({ reads: [pathOf(fault)], writes: [] });
    return this.mayStrike(fault);
  }

  /** Whether an answer, as explorations name it, would strike a fault of which nothing is left. */
  isSpent(answer: string): boolean {
    // A fault at a call is an option of the one question there; what a service offers is a question of that name.
    const [reason = '', option = ''] = answer.split(': ');
    const [fault = ''] = option.split(ABOUT);
    return this.#left.get(reason === FAULT_QUESTION ? fault : reason) === 0;
  }

  /** Spends one of this fault, and of those that share its budget. */
  spend(fault: FaultKind): void {
    this.#touch({ reads: [], writes: [pathOf(fault)] });
    const kinds = sharedWith(fault)?.[1] ?? [fault];
    for (const kind of kinds) this.#left.set(kind, Math.max(0, (this.#left.get(kind) ?? 0) - 1));
  }

  /** Whether the budget has one of any of these left. */
  mayStrikeAny(faults: readonly FaultKind[]): boolean {
    return this.#left.size > 0 && faults.some((fault) => this.mayStrike(fault));
  }

  #mayBe({ struck }: Strike): boolean {
    return struck === null || this.mayStrike(struck.fault);
  }

  /** Chooses whether a call that was given up is slow, and spends that. */
  pickSlow(choices: Choices): boolean {
    if (!this.mayStrike('slow') || choices.pick(FAULT_QUESTION, 2, SLOW_OR_NOT) === 0) return false;
    this.spend('slow');
    return true;
  }

  /** Chooses whether a fault strikes at a call, and spends it. `own`: the faults that the call's service offers now. */
  pickAtCall(choices: Choices, own: readonly CallFault[]): StruckCall | null {
    if (this.#left.size === 0) return null;
    const offered = [NONE];
    for (const strike of STRIKES_AT_ANY_CALL) if (this.#mayBe(strike)) offered.push(strike);
    for (const [index, struck] of own.entries()) {
      const strike = { name: nameOf(struck), place: NONE.place + STRIKES_AT_ANY_CALL.length + 1 + index, struck };
      if (this.#mayBe(strike)) offered.push(strike);
    }
    if (offered.length === 1) return null;
    const struck = offered[choices.pick(FAULT_QUESTION, offered.length, offered)]?.struck ?? null;
    if (struck !== null) this.spend(struck.fault);
    return struck;
  }
}

/** The name of an option. What a fault is about is part of it, since a run that misses one write is not one that misses another. */
function nameOf(struck: StruckCall): string {
  const about = 'about' in struck ? struck.about : undefined;
  return about === undefined ? struck.fault : `${struck.fault}${ABOUT}${about}`;
}

const ABOUT = ' of ';

function sharedWith(fault: FaultKind): (typeof SHARED)[number] | undefined {
  return SHARED.find(([, kinds]) => kinds.includes(fault));
}

function pathOf(fault: FaultKind): string {
  return `faults/${sharedWith(fault)?.[0] ?? fault}`;
}

const FAULT_QUESTION = 'fault';
/** The reason of a service's offer is the name of its fault (contract/effect.ts). */
const OFFERED: ReadonlySet<string> = new Set(SERVICES.flatMap(({ faults }) => faults));

/**
 * Whether every answer to a question but the first is a fault. An exploration orders schedules by their number of faults with
 * it. A deadline that comes early is no question: it is a step that comes before others.
 */
export function isFaultQuestion(reason: string): boolean {
  return reason === FAULT_QUESTION || OFFERED.has(reason);
}

/** The largest number of faults in one run. */
export function mostFaultsOf(budget: FaultCounts): number {
  const alone = Object.entries(budget) as readonly [FaultKind, number][];
  const shared = SHARED.map(([, kinds]) => Math.max(...kinds.map((kind) => budget[kind] ?? 0)));
  return [...shared, ...alone.flatMap(([kind, most]) => (sharedWith(kind) === undefined ? [most] : []))].reduce(
    (sum, most) => sum + most,
    0,
  );
}
