/**
 * The events that DynamoDB writes into a trace.
 */

import type { Actor } from '../../contract/trace-entry.ts';

export type DynamoDBEvent =
  | ItemChanged
  /** The stream of a table has a record of a change. `item`: the text of the item's key. */
  | {
      readonly kind: 'table-change-streamed';
      readonly table: string;
      readonly sequenceNumber: string;
      readonly item: string;
    }
  /** Records of a table's stream were handed out to a mapping, in order. */
  | {
      readonly kind: 'table-changes-read';
      readonly table: string;
      readonly sequenceNumbers: readonly string[];
      readonly by: Actor;
    };

/** An item has changed. `null` means «no item». */
export interface ItemChanged {
  readonly kind: 'item-changed';
  readonly table: string;
  readonly key: unknown;
  readonly before: unknown;
  readonly after: unknown;
}
