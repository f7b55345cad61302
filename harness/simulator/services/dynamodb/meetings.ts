/**
 * Which calls can meet on an item, and what each of them notices: a transaction meets other transactions and plain writes, a
 * plain write meets transactions, a transactional read meets both (DD-06, DD-07, DD-09).
 *
 * Plain writes don't meet each other, and no call meets one that reads. What AWS answers stands in transaction-conflict.ts.
 */

import type { Input } from '../../contract/answer.ts';
import type { Encounter } from '../../contract/call-fault.ts';
import type { Footprint } from '../../contract/footprint.ts';
import { Refusal } from '../../contract/refusal.ts';
import { unreachable } from '../../kernel/bug.ts';
import { readDelete } from './operations/delete-item.ts';
import { readPut } from './operations/put-item.ts';
import { itemsOfReadTransaction } from './operations/transact-get-items.ts';
import { itemsOfTransaction } from './operations/transact-write-items.ts';
import { readUpdate } from './operations/update-item.ts';
import { itemPath, tablePath } from './outcome.ts';
import type { DynamoDBState } from './state.ts';
import { nameInTableArn } from './table-name.ts';

export type Meeting = 'transaction' | 'plain write' | 'transactional read';

/** How a call meets others; null if it is none of those that do. */
export function kindOfMeeting(operation: string): Meeting | null {
  switch (operation) {
    case 'TransactWriteItems':
      return 'transaction';
    case 'TransactGetItems':
      return 'transactional read';
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return 'plain write';
    default:
      return null;
  }
}

interface Asked {
  readonly operation: string;
  readonly input: Input;
}

/**
 * The paths of the items that a call is about, in the order of its actions. Empty if the request can't be read: it is refused
 * then, and meets nothing.
 */
export function itemsMetBy(state: DynamoDBState, { operation, input }: Asked): readonly (string | null)[] {
  try {
    return itemsOf(state, operation, input);
  } catch (problem) {
    if (problem instanceof Refusal) return [];
    throw problem;
  }
}

function itemsOf(state: DynamoDBState, operation: string, input: Input): readonly (string | null)[] {
  switch (operation) {
    case 'TransactWriteItems':
      return itemsOfTransaction(state, input);
    case 'TransactGetItems':
      return itemsOfReadTransaction(state, input);
    case 'PutItem':
      return [pathOf(readPut(state, input))];
    case 'UpdateItem':
      return [pathOf(readUpdate(state, input).write)];
    case 'DeleteItem':
      return [pathOf(readDelete(state, input))];
    default:
      return [];
  }
}

type Read = ReturnType<typeof readPut>;

function pathOf({ table, key }: Pick<Read, 'table' | 'key'>): string {
  return itemPath(table.definition.name, key.canonical);
}

/**
 * What the steps of a call on its way declare. Two calls that set out commute, and so do two plain writes: each only adds to
 * what transactions look at.
 */
export function meetingOf(state: DynamoDBState, call: Asked): Encounter | null {
  const kind = kindOfMeeting(call.operation);
  if (kind === null) return null;
  const items = itemsMetBy(state, call);
  // What can't be read now can perhaps be read when the call arrives: a table may be created in between.
  const all = items.length === 0 ? ['*'] : items.map((item) => item ?? '*');
  const transactions = all.map((item) => `dynamodb on their way/transactions/${item}`);
  const writes = all.map((item) => `dynamodb on their way/plain writes/${item}`);
  // Which items those are depends on the definitions of their tables.
  const tables = tablesOf(call);
  const fault = 'conflict';
  switch (kind) {
    case 'transaction':
      return { fault, passing: adding(transactions, tables), looking: reading([...transactions, ...writes]) };
    case 'plain write':
      return { fault, passing: adding(writes, tables), looking: reading(transactions) };
    case 'transactional read':
      return { fault, passing: adding([], tables), looking: reading([...transactions, ...writes]) };
    default:
      return unreachable(kind, 'kind of a meeting');
  }
}

function adding(adds: readonly string[], reads: readonly string[]): Footprint {
  return { reads, writes: [], adds };
}

/** The paths of the definitions of the tables that a call names; of all tables if it can't be seen which it means. */
function tablesOf({ input }: Asked): readonly string[] {
  const actions = Array.isArray(input.TransactItems) ? input.TransactItems.map(onlyMember) : [input];
  const names = actions.map((action) => Reflect.get(Object(action), 'TableName'));
  if (!names.every((name) => typeof name === 'string')) return ['dynamodb/*'];
  return [...new Set(names.map((name) => tablePath(nameInTableArn(name))))];
}

/** The request within an action of a transaction: what stands below `Put`, `Update` and so on. */
function onlyMember(action: unknown): unknown {
  return Object.values(Object(action) as object)[0];
}

function reading(reads: readonly string[]): Footprint {
  return { reads, writes: [] };
}
