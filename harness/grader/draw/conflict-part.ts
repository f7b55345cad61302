/**
 * Decides which steps of a run made the conflict, what each of them did in it, and which steps a reader does not need.
 *
 * It takes the stale writes from which explanations are made and finds none of its own.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Conflict } from '../explain/saving.ts';
import type { StaleWrite } from '../explain/stale-write.ts';
import type { Row } from './rows.ts';

/** What a step did in the conflict. Each `role` has a sign, and `words` describe it. */
export interface Part {
  readonly role: 'first' | 'second' | 'damage';
  /** For example «erases bump#1's write». */
  readonly words: string;
}

export interface Parts {
  /** The part of each step, by `TraceEntry.step`. */
  readonly roles: ReadonlyMap<number, Part>;
  readonly isQuiet: (row: Row) => boolean;
}

/** The parts in this conflict, or in the run's first stale write. Every further write that erases counts as damage as well. */
export function partsOf(stale: readonly StaleWrite[], trace: Trace, given?: Conflict): Parts {
  const found = stale.find(({ read, between }) =>
    given === undefined ? true : read.entry.step === given.first && between.entry.step === given.second,
  );
  const conflict = given ?? (found && { first: found.read.entry.step, second: found.between.entry.step });
  if (conflict === undefined) return { roles: new Map(), isQuiet: () => false };
  const damage = stale.map(({ write, between }): readonly [number, Part] => [
    write.entry.step,
    { role: 'damage', words: `erases ${between.actor}'s write` },
  ]);
  const both = found === undefined ? ['order matters here', 'order matters here'] : ['goes stale', 'comes in between'];
  const roles = new Map<number, Part>([
    ...damage,
    [conflict.second, damagedToo(damage, conflict.second) ?? { role: 'second', words: both[1] ?? '' }],
    [conflict.first, { role: 'first', words: both[0] ?? '' }],
  ]);
  return { roles, isQuiet: quietness(roles, trace) };
}

function damagedToo(damage: readonly (readonly [number, Part])[], step: number): Part | undefined {
  return damage.find(([at]) => at === step)?.[1];
}

/**
 * Quiet are steps of actors outside the conflict and steps after the damage, but never trouble or the scenario's final reads.
 */
function quietness(roles: ReadonlyMap<number, Part>, trace: Trace): Parts['isQuiet'] {
  const last = Math.max(...roles.keys());
  const involved = new Set(
    trace.flatMap(({ step, actor, event }) => (roles.has(step) && event.kind === 'call-applied' ? [actor] : [])),
  );
  return ({ step, actor, kind, notes }) => {
    if (roles.has(step) || kind === 'trouble' || notes.length > 0 || actor === 'scenario') return false;
    return step > last || !involved.has(actor);
  };
}
