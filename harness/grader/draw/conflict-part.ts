/**
 * Which steps of a run made the conflict, what each did in it, and which steps a reader can do without.
 *
 * Takes the stale writes that explanations are made of; it finds none of its own.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Conflict } from '../explain/saving.ts';
import type { StaleWrite } from '../explain/stale-write.ts';
import type { Row } from './rows.ts';

/** A step's part: a sign goes with `role`, and `words` say it. */
export interface Part {
  readonly role: 'first' | 'second' | 'damage';
  /** «erases bump#1's write». */
  readonly words: string;
}

export interface Parts {
  /** By `TraceEntry.step`. */
  readonly roles: ReadonlyMap<number, Part>;
  readonly isQuiet: (row: Row) => boolean;
}

/** The parts in this conflict, or in the run's first stale write. Every further erasing write is damage as well. */
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

/** Quiet is what others do, and what comes when the damage is done. Trouble and the scenario's look at the end are not. */
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
