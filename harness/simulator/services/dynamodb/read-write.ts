/**
 * One write as its request says it, without the table of the run in which it is applied.
 *
 * What is read of a request follows from the request and from the definition of its table, so it can be remembered beside the definition.
 */

import type { AttributeMap } from './attribute-value.ts';
import type { BoundCondition } from './expression/ast.ts';
import type { ItemKey } from './key-schema.ts';

export interface ReadWrite {
  readonly key: ItemKey;
  readonly condition: BoundCondition | undefined;
  /** Whether a failed condition returns the item (fact DD-01). */
  readonly showOnFailure: boolean;
  /** The item after the write: the same item for a mere check, `undefined` for a deletion. */
  readonly after: (before: AttributeMap | undefined) => AttributeMap | undefined;
  /** The message for an item that has become too big. */
  readonly tooBig: string;
  /** Whether it only adds to numbers and returns no sums: such writes commute. */
  readonly onlyAdds?: (before: AttributeMap | undefined) => boolean;
}
