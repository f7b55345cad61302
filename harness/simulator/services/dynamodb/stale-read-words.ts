/**
 * One sentence about a stale read: which item it saw as it was, and before which write.
 *
 * Finds the write in the trace: of those of the item, it is the last one before the read. It says nothing of other faults.
 */

import { type Item, sayAttributes } from '../../contract/items.ts';
import type { CallSeen, EntrySeen, FaultSeen } from '../../contract/shown.ts';
import { itemPath } from './outcome.ts';
import type { DynamoDBEvent } from './trace-events.ts';

type Entry = EntrySeen<DynamoDBEvent>;

/** «bump#2's GetItem at step 4 was stale: it saw the item as it was before the PutItem of bump#1.» Null for another fault. */
export function sayStaleRead(
  { seq, actor, event: fault }: FaultSeen,
  at: string,
  trace: readonly Entry[],
  inWords: (value: unknown) => Item | null,
): string | null {
  if (fault.fault !== 'stale') return null;
  const before = trace.slice(
    0,
    trace.findIndex((entry) => entry.seq === seq),
  );
  const change = before.findLast((entry) => isOf(entry, fault.about));
  const write = trace.find((entry): entry is CallSeen => isApplied(entry) && entry.seq === change?.cause);
  const read = trace.find((entry): entry is CallSeen => isApplied(entry) && entry.event.call === fault.call);
  if (change?.event.kind !== 'item-changed' || write === undefined || read === undefined) return null;
  const { operation } = read.event;
  const item = operation === 'GetItem' ? 'the item' : `the item ${sayAttributes(inWords(change.event.key), [])}`;
  const whose =
    write.actor === actor ? `its own ${write.event.operation}` : `the ${write.event.operation} of ${write.actor}`;
  return `${actor}'s ${operation}${at} was stale: it saw ${item} as it was before ${whose}.`;
}

function isApplied(entry: Entry): entry is CallSeen {
  return entry.event.kind === 'call-applied';
}

/** Whether the item with this path has changed here. A key of two parts may stand in either order in a request. */
function isOf({ event }: Entry, path: string | undefined): boolean {
  if (event.kind !== 'item-changed') return false;
  const parts = Object.entries(Object(event.key)).map(([name, value]) => JSON.stringify({ [name]: value }));
  return [parts, [...parts].reverse()].some((inOrder) => itemPath(event.table, inOrder.join('/')) === path);
}
