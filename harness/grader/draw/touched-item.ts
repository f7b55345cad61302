/**
 * Which item of which table a step is about, and what that item holds once the step is over.
 *
 * Goes through a trace once and remembers what each item was last seen to hold. It words values and decides nothing.
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { asItem, changedAttributes, type Item, sayAttributes } from '../explain/items.ts';

export interface Touched {
  /** The table's physical name. */
  readonly table: string;
  /** The key's values: `notify-me`, `o-17/2`. Empty for what has no one key, such as a query. */
  readonly item: string;
  /** «bumps = 1», «nothing»; null where the run has not shown it yet. */
  readonly value: string | null;
  readonly writes: boolean;
}

/** By `TraceEntry.step`: the item that the step's call is about. Steps without a call to a table are not in it. */
export function touchedItems(trace: Trace): ReadonlyMap<number, Touched> {
  const values = new Map<string, string>();
  const touched = new Map<number, Touched>();
  for (const entry of trace) {
    const { event, step } = entry;
    if (event.kind === 'item-changed') {
      values.set(nameOf(event.table, keyWords(asItem(event.key))), stateWords(asItem(event.after), asItem(event.key)));
    }
    const call = calledItem(entry);
    if (call !== null) {
      const { table, item, seen } = call;
      if (seen !== null) values.set(nameOf(table, item), seen);
      touched.set(step, { table, item, writes: call.writes, value: null });
    }
    const about = touched.get(step);
    if (about !== undefined)
      touched.set(step, { ...about, value: values.get(nameOf(about.table, about.item)) ?? null });
  }
  return touched;
}

interface CalledItem {
  readonly table: string;
  readonly item: string;
  readonly writes: boolean;
  /** What a GetItem found. */
  readonly seen: string | null;
}

function calledItem({ event }: TraceEntry): CalledItem | null {
  if (event.kind !== 'call-applied' || event.service !== 'DynamoDB') return null;
  const { reads, writes } = event.footprint;
  const place = /^dynamodb\/([^/]+)(?:\/(.*))?$/s.exec(writes[0] ?? reads[0] ?? '');
  if (place?.[1] === undefined) return null;
  const key = parsedKey(place[2]);
  const found = event.operation === 'GetItem' && event.answer?.ok === true;
  return {
    table: place[1],
    item: keyWords(key),
    writes: writes.length > 0,
    seen: found ? stateWords(asItem(event.answer.output.Item), key) : null,
  };
}

/** A footprint's path ends in the item's key as JSON, or in something that is about more than one item. */
function parsedKey(text: string | undefined): Item | null {
  if (text === undefined || !text.startsWith('{')) return null;
  try {
    return asItem(JSON.parse(text));
  } catch {
    return null;
  }
}

function nameOf(table: string, item: string): string {
  return JSON.stringify([table, item]);
}

function stateWords(item: Item | null, key: Item | null): string {
  if (item === null) return 'nothing';
  const names = changedAttributes(null, item, key);
  return names.length === 0 ? 'there' : sayAttributes(item, names);
}

function keyWords(key: Item | null): string {
  return Object.values(key ?? {})
    .map((value) => {
      const [bare] = Object.values(asItem(value) ?? { value });
      return typeof bare === 'string' ? bare : JSON.stringify(bare);
    })
    .join('/');
}
