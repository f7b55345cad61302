/**
 * Decides which steps of a run made the conflict, what each of them did in it, and which steps a reader does not need.
 *
 * It takes the marked steps and the swap of an explanation and finds none of its own.
 */

import type { Trace } from '../../simulator/trace.ts';
import { sayMark, sayMarkShortly } from '../explain/marked-step.ts';
import type { Conflict } from '../explain/saving.ts';
import type { MarkedStep } from '../result.ts';
import type { Row } from './rows.ts';

/** What an explanation says about single steps. */
export interface StepsOfInterest {
  /** The steps that are wrong. */
  readonly marked?: readonly MarkedStep[] | undefined;
  /** The two steps that, the other way round, would have saved the run. */
  readonly swap?: Conflict | undefined;
  /** The sentences, which name steps by their numbers. */
  readonly because?: readonly string[] | undefined;
}

/** What a step did in the conflict: it is one of a pair whose order mattered, a read that went stale, or what is wrong. */
export type Part =
  | { readonly role: 'pair' | 'basis' }
  /** `words`: for example «erases bump#1's write», and the same more shortly. */
  | { readonly role: 'damage'; readonly words: readonly string[] };

export interface Parts {
  /** The part of each step, by `TraceEntry.step`. */
  readonly roles: ReadonlyMap<number, Part>;
  readonly isQuiet: (row: Row) => boolean;
}

/** The parts that these steps have in the run. */
export function partsOf({ marked = [], swap }: StepsOfInterest, trace: Trace): Parts {
  const pair = swap === undefined ? [] : [swap.first, swap.second];
  const roles = new Map<number, Part>([
    ...marked.flatMap(({ since }) => (since === undefined ? [] : [[since, { role: 'basis' }] as const])),
    ...pair.map((step) => [step, { role: 'pair' }] as const),
    ...marked.map((mark) => [mark.step, { role: 'damage', words: [sayMark(mark), ...sayMarkShortly(mark)] }] as const),
  ]);
  return { roles, isQuiet: roles.size === 0 ? () => false : quietness(roles, marked, trace) };
}

/**
 * Quiet are steps of actors outside the conflict and steps after the damage, but never trouble or the scenario's final reads.
 */
function quietness(roles: ReadonlyMap<number, Part>, marked: readonly MarkedStep[], trace: Trace): Parts['isQuiet'] {
  const last = Math.max(...roles.keys());
  const involved = new Set([
    ...trace.flatMap(({ step, actor, event }) => (roles.has(step) && event.kind === 'call-applied' ? [actor] : [])),
    ...marked.flatMap((mark) => (mark.kind === 'erases' ? [mark.whose] : [])),
  ]);
  return ({ step, actor, kind, notes }) => {
    if (roles.has(step) || kind === 'trouble' || notes.length > 0 || actor === 'scenario') return false;
    return step > last || !involved.has(actor);
  };
}
