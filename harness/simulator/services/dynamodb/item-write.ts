/**
 * Writing one item: what PutItem, UpdateItem, DeleteItem, their batch and their transaction share.
 *
 * A write is read from its request first (`Write`), then judged against the current item, then stored. Judging changes
 * nothing, so that a transaction can judge all its writes before it stores any (fact DD-05).
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import { type AttributeMap, memberOf, typeOf } from './attribute-value.ts';
import { holds } from './expression/evaluate-condition.ts';
import { itemSizeBytes, MAX_ITEM_BYTES } from './item-size.ts';
import { keyAttributes } from './key.ts';
import type { AppliedAt } from './outcome.ts';
import type { ReadWrite } from './read-write.ts';
import { itemError } from './refusal.ts';
import { DYNAMODB_MEMBERS } from './request.ts';
import type { StoredItem, Table, TableDefinition } from './state.ts';

/** One write, read from a request and not yet applied. */
export interface Write extends ReadWrite {
  readonly table: Table;
}

/**
 * Whether a write commutes with others of its kind on the current item. Where a read may be stale, none does: which of two came last
 * decides what such a read misses.
 */
export function commutes({ condition, onlyAdds, table, key }: Write, at: AppliedAt): boolean {
  if (at.isAllowed('stale')) return false;
  if (onlyAdds === undefined || condition !== undefined || table.definition.indexes.length > 0) return false;
  const item = table.items.get(key.canonical);
  // Of two additions to an item that is almost full, the second one could be refused.
  return (item?.sizeBytes ?? 0) < ALMOST_FULL_BYTES && onlyAdds(item?.attributes);
}

const ALMOST_FULL_BYTES = MAX_ITEM_BYTES / 2;

/** What a write would do to the current item. */
export type WriteJudgement =
  | { readonly kind: 'fails'; readonly before: AttributeMap | undefined }
  | { readonly kind: 'passes'; readonly before: AttributeMap | undefined; readonly after: StoredItem | undefined };

const NO_ITEM: AttributeMap = Object.freeze({});
const INVALID = 'One or more parameter values';

/** Judges a write. A Refusal thrown here concerns the item, not the request. */
export function judge(write: Write): WriteJudgement {
  const before = write.table.items.get(write.key.canonical)?.attributes;
  if (write.condition !== undefined && !holds(write.condition, before ?? NO_ITEM)) return { kind: 'fails', before };
  const after = write.after(before);
  if (after === undefined) return { kind: 'passes', before, after };
  const sizeBytes = itemSizeBytes(after);
  if (sizeBytes > MAX_ITEM_BYTES) throw itemError(write.tooBig);
  if (write.table.definition.indexes.length > 0) checkIndexKeys(write.table.definition, after);
  return { kind: 'passes', before, after: { attributes: after, sizeBytes } };
}

/** Stores the result of a judgement, and keeps what was there before if a read may be stale (DD-17). */
export function store({ table, key }: Write, after: StoredItem | undefined, at: AppliedAt): void {
  const { items, replaced } = table;
  if (at.isAllowed('stale')) replaced.set(key.canonical, { item: items.get(key.canonical), atMs: at.nowMs });
  if (after === undefined) items.delete(key.canonical);
  else items.set(key.canonical, after);
}

/** The answer to a failed condition (fact DD-01). */
export function conditionFailed(write: Write, before: AttributeMap | undefined): AwsAnswer {
  const members = write.showOnFailure && before !== undefined ? { Item: before } : undefined;
  return fail('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
}

/** The member `ReturnValuesOnConditionCheckFailure`. */
export function showsOnFailure(input: Input): boolean {
  return DYNAMODB_MEMBERS.oneOf(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE']) === 'ALL_OLD';
}

/** An item may lack an index's key, and is then not in the index; but its key can't have another type. */
function checkIndexKeys(definition: TableDefinition, item: AttributeMap): void {
  for (const index of definition.indexes) {
    for (const { name, type } of keyAttributes(index.key)) {
      const value = memberOf(item, name);
      if (value === undefined) continue;
      const actual = typeOf(value);
      if (actual !== type) {
        throw itemError(
          `${INVALID} were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} ` +
            `IndexName: ${index.name}`,
        );
      }
      const empty = 'S' in value && value.S === '' ? 'string' : 'B' in value && value.B.length === 0 ? 'binary' : '';
      if (empty !== '') {
        throw itemError(
          `${INVALID} are not valid. A value specified for a secondary index key is not supported. The ` +
            `AttributeValue for a key attribute cannot contain an empty ${empty} value. ` +
            `IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
    }
  }
}
