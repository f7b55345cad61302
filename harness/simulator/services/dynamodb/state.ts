/**
 * The state of the simulated DynamoDB: tables, their items, used transaction tokens. Plain data only.
 *
 * Items are frozen and replaced, never changed, so a copy of a world copies only maps of references. Definitions are frozen
 * too. `expressions` is a cache of parsed texts: it changes no answer, and all copies share it.
 */

import type { AccountPlace } from '../../contract/arn.ts';
import type { Reader } from '../../contract/event-source.ts';
import type { LaneRecord } from '../../contract/lane-records.ts';
import type { AttributeMap } from './attribute-value.ts';
import { type ExpressionCache, newExpressionCache } from './expression/cache.ts';
import type { ItemKey, KeyAttribute, KeySchema } from './key-schema.ts';
import type { ReadWrite } from './read-write.ts';

export type Projection =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'KEYS_ONLY' }
  | { readonly kind: 'INCLUDE'; readonly names: readonly string[] };

export interface SecondaryIndex {
  readonly name: string;
  readonly scope: 'global' | 'local';
  readonly key: KeySchema;
  readonly projection: Projection;
  /** Of a global index of a table with provisioned capacity; shown, and without an effect. */
  readonly throughput: ProvisionedThroughput | null;
}

export interface ProvisionedThroughput {
  readonly readCapacityUnits: number;
  readonly writeCapacityUnits: number;
}

export interface TableDefinition {
  readonly name: string;
  readonly key: KeySchema;
  readonly attributes: readonly KeyAttribute[];
  readonly indexes: readonly SecondaryIndex[];
  readonly billing:
    | { readonly mode: 'PAY_PER_REQUEST' }
    | { readonly mode: 'PROVISIONED'; readonly throughput: ProvisionedThroughput };
  readonly deletionProtection: boolean;
  readonly createdAtMs: number;
  /** Of the tables that have had this name, which one this is: from 1. */
  readonly generation: number;
  /** Requests that were read before. Hosts remember them, so the same object comes again in many runs. It changes no answer. */
  readonly known: KnownRequests;
}

/** By the object that a client sent, which never changes. Its size is limited: when it is full, it is emptied. */
export interface KnownRequests {
  readonly keys: Map<object, ItemKey>;
  readonly items: Map<object, { readonly item: AttributeMap; readonly key: ItemKey }>;
  /** Actions of transactions, with the kind of each and the path of its item. */
  readonly actions: Map<object, { readonly kind: string; readonly path: string; readonly write: ReadWrite }>;
}

const MOST_KNOWN = 500;

/** Remembers the value that was read from an object. */
export function remember<Value>(known: Map<object, Value>, raw: object, value: Value): void {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(raw, value);
}

/** An item in a table, with derived values that are computed only once. */
export interface StoredItem {
  readonly attributes: AttributeMap;
  readonly sizeBytes: number;
}

/** What a write has replaced, and when. */
export interface ReplacedItem {
  /** Undefined if there was no item. */
  readonly item: StoredItem | undefined;
  readonly atMs: number;
}

/** What a record of a table's stream holds of an item. */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** One change of an item, as its table's stream keeps it. Null: there was no item. */
export interface ChangeRecord extends LaneRecord {
  readonly key: AttributeMap;
  readonly before: AttributeMap | null;
  readonly after: AttributeMap | null;
}

export interface TableStream {
  /** The last part of its ARN. */
  readonly label: string;
  readonly view: StreamViewType;
  /** That of its table. */
  readonly generation: number;
  /** In the order of the changes. */
  readonly records: ChangeRecord[];
  /** The number of records that it ever had: the index of its last one. */
  count: number;
  /** The mappings that learn of new records; null if there are none. */
  reader: Reader | null;
}

export interface Table {
  readonly definition: TableDefinition;
  /** By canonical key (`key.ts`), in the order of first writing, on which nothing may depend. */
  readonly items: Map<string, StoredItem>;
  /** By canonical key: each item before its newest write. Only kept where a scenario's budget allows stale reads. */
  readonly replaced: Map<string, ReplacedItem>;
  /** The TTL attribute while TTL is on. TTL never deletes an item (fact DD-11, policy UV-16). */
  readonly timeToLiveAttribute: string | null;
  /** Null if the table has none. */
  readonly stream: TableStream | null;
}

/** A `ClientRequestToken` that was used: it protects against repetitions for ten minutes (fact DD-08). */
export interface UsedToken {
  /** The request for which it was used, as it was sent. */
  readonly request: unknown;
  readonly usedAtMs: number;
}

export interface DynamoDBState extends AccountPlace {
  readonly tables: Map<string, Table>;
  /** How many tables have had a name, by name. */
  readonly generations: Map<string, number>;
  readonly tokens: Map<string, UsedToken>;
  readonly expressions: ExpressionCache;
}

/** A DynamoDB without tables. */
export function newDynamoDB({ region, accountId }: AccountPlace): DynamoDBState {
  const expressions = newExpressionCache();
  return { region, accountId, tables: new Map(), generations: new Map(), tokens: new Map(), expressions };
}

function cloneTable(table: Table): Table {
  const { stream } = table;
  return {
    ...table,
    items: new Map(table.items),
    replaced: new Map(table.replaced),
    stream: stream === null ? null : { ...stream, records: [...stream.records] },
  };
}

/** An independent copy that shares what never changes: cheaper than `structuredClone`, with the same result. */
export function cloneDynamoDB(state: DynamoDBState): DynamoDBState {
  const tables = new Map<string, Table>();
  for (const [name, table] of state.tables) tables.set(name, cloneTable(table));
  return { ...state, tables, generations: new Map(state.generations), tokens: new Map(state.tokens) };
}
