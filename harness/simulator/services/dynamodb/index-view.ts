/**
 * What Query and Scan read: a table, or one of its indexes, as an ordered collection of items.
 *
 * Indexes are not stored. A view is made of the table's items at the moment of reading, so an index is behind its table
 * only as far as a read is stale (`stale-read.ts`). Items without an index's keys are not in it.
 */

import { type AttributeMap, type AttributeValue, compareScalars, memberOf } from './attribute-value.ts';
import { itemSizeBytes } from './item-size.ts';
import { canonicalPartition, pickKeys } from './key.ts';
import type { KeySchema } from './key-schema.ts';
import { validationError } from './refusal.ts';
import type { SecondaryIndex, StoredItem, Table } from './state.ts';

export interface View {
  readonly table: Table;
  readonly index: SecondaryIndex | undefined;
  /** The key that orders the view: the index's, or else the table's. */
  readonly key: KeySchema;
}

/** The view that `IndexName` selects. */
export function viewOf(table: Table, indexName: string | undefined): View {
  if (indexName === undefined) return { table, index: undefined, key: table.definition.key };
  const index = table.definition.indexes.find(({ name }) => name === indexName);
  if (index === undefined) {
    throw validationError(`The table does not have the specified index: ${indexName}`);
  }
  return { table, index, key: index.key };
}

/** The items of a view, unordered. `prefix` narrows them by canonical table key. */
export function itemsOf(view: View, prefix = ''): readonly StoredItem[] {
  const found: StoredItem[] = [];
  for (const [canonical, item] of view.table.items) {
    if (canonical.startsWith(prefix) && (view.index === undefined || hasKeys(item.attributes, view.key))) {
      found.push(item);
    }
  }
  return found;
}

function hasKeys(item: AttributeMap, key: KeySchema): boolean {
  return (
    memberOf(item, key.partition.name) !== undefined &&
    (key.sort === undefined || memberOf(item, key.sort.name) !== undefined)
  );
}

/** An item as the view contains it: an index may project only a part. */
export function projected(view: View, item: StoredItem): StoredItem {
  const projection = view.index?.projection;
  if (projection === undefined || projection.kind === 'ALL') return item;
  const attributes: Record<string, AttributeValue> = { ...pickKeys(item.attributes, allKeys(view)) };
  for (const name of projection.kind === 'INCLUDE' ? projection.names : []) {
    const value = memberOf(item.attributes, name);
    if (value !== undefined) attributes[name] = value;
  }
  return { attributes: Object.freeze(attributes), sizeBytes: itemSizeBytes(attributes) };
}

/** Whether the view contains the attribute `name` of every item that has it. */
export function projects(view: View, name: string): boolean {
  const projection = view.index?.projection;
  if (projection === undefined || projection.kind === 'ALL') return true;
  if (projection.kind === 'INCLUDE' && projection.names.includes(name)) return true;
  return allKeys(view).some(({ partition, sort }) => partition.name === name || sort?.name === name);
}

/** The keys that together identify a position in the view: `LastEvaluatedKey` contains them all. */
export function allKeys(view: View): readonly KeySchema[] {
  return view.index === undefined ? [view.key] : [view.table.definition.key, view.key];
}

/** The order inside one partition: by sort key; in an index, equal sort keys by the table's key. */
export function compareInPartition(view: View, a: AttributeMap, b: AttributeMap): number {
  const order = compareBy(view.key.sort?.name, a, b);
  if (order !== 0 || view.index === undefined) return order;
  const { partition, sort } = view.table.definition.key;
  return compareBy(partition.name, a, b) || compareBy(sort?.name, a, b);
}

/**
 * The order of a Scan: partitions by a hash of their key, each partition in its own order. The hash keeps code from relying
 * on an order that AWS does not promise.
 */
export function compareInScan(view: View, a: AttributeMap, b: AttributeMap): number {
  return (
    partitionHash(view, a) - partitionHash(view, b) ||
    compareBy(view.key.partition.name, a, b) ||
    compareInPartition(view, a, b)
  );
}

function compareBy(name: string | undefined, a: AttributeMap, b: AttributeMap): number {
  if (name === undefined) return 0;
  const [x, y] = [memberOf(a, name), memberOf(b, name)];
  return x === undefined || y === undefined ? 0 : (compareScalars(x, y) ?? 0);
}

/** FNV-1a over the partition key's text: 32 bits, distributed evenly enough to divide a scan into segments. */
export function partitionHash(view: View, item: AttributeMap): number {
  const value = memberOf(item, view.key.partition.name);
  const text = value === undefined ? '' : canonicalPartition({ partition: view.key.partition }, value);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
