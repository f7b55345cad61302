/**
 * What the key of a table or an index is made of, and what a key is once it has been read. Types alone.
 *
 * The rules about keys, and how one is read from a request, are in `key.ts`.
 */

import type { AttributeMap } from './attribute-value.ts';

export type KeyType = 'S' | 'N' | 'B';

/** An attribute that belongs to a key, with its declared type. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** The key of a table or an index: a partition key and, perhaps, a sort key. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

/** A key, and the text that stands for it. */
export interface ItemKey {
  readonly attributes: AttributeMap;
  readonly canonical: string;
}
