/**
 * Reads that are stale: what an eventually consistent read answers if it misses the newest write of one item (DD-04, DD-17).
 *
 * Which reads are stale is chosen elsewhere; this file says what each would answer, and applies nothing. Each item is as it was before
 * its own newest write, whatever was written to others: no order of writes to different items decides what a read can miss.
 */

import type { Input } from '../../contract/answer.ts';
import type { AnsweredInstead } from '../../contract/call-fault.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { pathsOverlap } from '../../kernel/footprint.ts';
import type { DynamoDBOperation } from './operations/operation.ts';
import { OPERATIONS } from './operations/operations.ts';
import { itemPath, type Outcome } from './outcome.ts';
import type { DynamoDBState, ReplacedItem, Table } from './state.ts';
import { nameInTableArn } from './table-name.ts';

/** «Usually reached within a second»: a read misses no write that is older (DD-17, UV-68). */
const STALE_FOR_MS = 1_000;

interface Read {
  readonly operation: string;
  readonly input: Input;
}

/** What a read may answer instead of the newest: one answer for each item of which it could miss the newest write, by the item's path. */
export function staleReads(state: DynamoDBState, read: Read, at: Moment): readonly AnsweredInstead[] {
  const missable = missableOf(state, read, at.nowMs);
  const apply = OPERATIONS.get(read.operation);
  if (missable.length === 0 || apply === undefined) return [];
  const fresh = outcomeOf(apply, state, read.input, at);
  if (fresh === null) return [];
  const freshText = textOf(fresh);
  return missable.flatMap(({ table, key, before }) => {
    const about = itemPath(table.definition.name, key);
    if (!fresh.footprint.reads.some((path) => pathsOverlap(path, about))) return [];
    const stale = outcomeOf(apply, withItem(state, table, key, before), read.input, at);
    if (stale === null || textOf(stale) === freshText) return [];
    return [{ fault: 'stale', about, served: { ...stale, effects: [] } }];
  });
}

interface Missable {
  readonly table: Table;
  /** The item's canonical key. */
  readonly key: string;
  readonly before: ReplacedItem;
}

/** The items that were written lately, in the tables that the call reads without `ConsistentRead`. In an order that no writes decide. */
function missableOf(state: DynamoDBState, read: Read, nowMs: number): readonly Missable[] {
  return tablesReadEventually(read).flatMap((name) => {
    const table = state.tables.get(nameInTableArn(name));
    const recent = [...(table?.replaced ?? [])].filter(([, { atMs }]) => nowMs - atMs <= STALE_FOR_MS);
    if (table === undefined) return [];
    return recent.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, before]) => ({ table, key, before }));
  });
}

/** A transactional read is always of the newest (DD-09). */
function tablesReadEventually({ operation, input }: Read): readonly string[] {
  switch (operation) {
    case 'GetItem':
    case 'Query':
    case 'Scan':
      return input.ConsistentRead !== true && typeof input.TableName === 'string' ? [input.TableName] : [];
    case 'BatchGetItem': {
      const tables = isRecord(input.RequestItems) ? Object.entries(input.RequestItems) : [];
      return tables.flatMap(([name, of]) => (isRecord(of) && of.ConsistentRead !== true ? [name] : []));
    }
    default:
      return [];
  }
}

/** Null if the read is refused: a refusal looks at no item. */
function outcomeOf(apply: DynamoDBOperation, state: DynamoDBState, input: Input, at: Moment): Outcome | null {
  try {
    return apply(state, input, at);
  } catch (problem) {
    if (problem instanceof Refusal) return null;
    throw problem;
  }
}

/** The state with one item as it was; nothing that the state holds is changed. */
function withItem(state: DynamoDBState, table: Table, key: string, { item }: ReplacedItem): DynamoDBState {
  const items = new Map(table.items);
  if (item === undefined) items.delete(key);
  else items.set(key, item);
  return { ...state, tables: new Map(state.tables).set(table.definition.name, { ...table, items }) };
}

function textOf({ answer }: Outcome): string {
  return JSON.stringify(answer);
}
