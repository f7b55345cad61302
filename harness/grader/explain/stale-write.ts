/**
 * The lost update in any lab: an actor reads, another actor writes, and the first one writes a value based on its old read. The
 * same marker written twice is no lost update.
 *
 * Finds it through footprints and describes it in sentences that name the steps. It knows items and actors, but no handlers.
 */

import { changedAttributes, sayAttributes } from '../../simulator/contract/items.ts';
import type { Access } from '../../simulator/contract/shown.ts';
import type { Trace } from '../../simulator/trace.ts';
import { list } from '../../words/phrases.ts';
import { atStep, type Numbering } from './numbering.ts';

/** `reader` read, then `other` wrote, then the reader's own write erased that write. */
export interface StaleWrite {
  readonly read: Access;
  readonly between: Access;
  readonly write: Access;
}

/** All stale writes of the trace, in the order of the erasing writes. */
export function staleWrites(accesses: readonly Access[]): readonly StaleWrite[] {
  return accesses.flatMap((write, at) => {
    if (write.kind !== 'write' || !write.overwrites) return [];
    const earlier = accesses.slice(0, at).filter((access) => access.path === write.path);
    const own = earlier.filter((access) => access.actor === write.actor && access.kind !== 'refused-write');
    const read = own.at(-1);
    if (read?.kind !== 'read') return [];
    const between = earlier
      .slice(earlier.indexOf(read) + 1)
      .filter((access) => access.kind === 'write' && access.actor !== write.actor)
      .at(-1);
    return between === undefined || !erases(write, read) ? [] : [{ read, between, write }];
  });
}

/**
 * Whether the write took something away. A write that leaves the item as it was takes nothing, unless both writers had counted on
 * from the same number: then one of the two counts is lost, although the number is the same.
 */
function erases(write: Access, read: Access): boolean {
  if (changedAttributes(write.seen, write.after, write.key).length > 0) return true;
  return changedAttributes(read.seen, write.after, write.key).some((name) => isNumber(write, name));
}

function isNumber({ after }: Access, name: string): boolean {
  const words = after?.[name]?.words ?? '';
  return words !== '' && Number.isFinite(Number(words));
}

/** Two or three sentences about the first stale write, one about the others. */
export function explainStaleWrites(
  found: readonly StaleWrite[],
  accesses: readonly Access[],
  trace: Trace,
  numbering: Numbering,
): readonly string[] {
  const first = found[0];
  if (first === undefined) return [];
  return [
    ...sayFirst(first, numbering),
    ...bothHadRead(first, accesses),
    ...sayCondition(first),
    ...saySleeps(first, trace),
    ...sayOthers(found.slice(1), numbering),
  ];
}

function sayFirst({ read, between, write }: StaleWrite, numbering: Numbering): readonly string[] {
  const names = changedAttributes(between.seen, between.after, between.key);
  const had = read.seen === null ? 'found no item' : `read ${sayAttributes(read.seen, names)}`;
  const at = (access: Access) => atStep(numbering, access.entry);
  return [
    `${read.actor} ${had}${at(read)}, before ${between.actor} wrote ${sayAttributes(between.after, names)}${at(between)}.`,
    `${write.actor}'s own write${at(write)}, ${sayAttributes(write.after, names)}, then erased it.`,
  ];
}

function bothHadRead({ read, between, write }: StaleWrite, accesses: readonly Access[]): readonly string[] {
  const others = accesses
    .slice(0, accesses.indexOf(between))
    .filter((access) => access.actor === between.actor && access.path === between.path && access.kind === 'read');
  return others.length > 0 && read.actor === write.actor ? ['Both had read before either wrote.'] : [];
}

function sayCondition({ between, write }: StaleWrite): readonly string[] {
  if (write.condition === null) return [];
  const changed = changedAttributes(between.seen, between.after, between.key);
  const words = new Set(write.condition.match(/[\w-]+/g));
  const blind = !write.condition.includes('#') && changed.every((name) => !words.has(name));
  const why = blind ? `: it does not look at ${list(changed, 'or')}` : '';
  return [`The condition of that write, «${write.condition}», held all the same${why}.`];
}

function saySleeps({ read, between }: StaleWrite, trace: Trace): readonly string[] {
  const actors = new Set([read.actor, between.actor]);
  const slept = trace.some(({ actor, event }) => actors.has(actor) && event.kind === 'timer-set' && event.delayMs > 0);
  return slept ? ['Sleeping did not keep them apart: a call may take longer than any sleep.'] : [];
}

function sayOthers(others: readonly StaleWrite[], numbering: Numbering): readonly string[] {
  if (others.length === 0) return [];
  const each = others.map(({ write }) => `${write.actor}'s write${atStep(numbering, write.entry)}`);
  return [`${list(each)} did the same.`];
}
