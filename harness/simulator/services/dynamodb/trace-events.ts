/**
 * The events that DynamoDB writes into a trace.
 */

/** An item has changed. `null` means «no item». */
export interface DynamoDBEvent {
  readonly kind: 'item-changed';
  readonly table: string;
  readonly key: unknown;
  readonly before: unknown;
  readonly after: unknown;
}
