/**
 * What DynamoDB writes into a trace.
 */

/** An item is different now. `null` stands for «no item». */
export interface DynamoDBEvent {
  readonly kind: 'item-changed';
  readonly table: string;
  readonly key: unknown;
  readonly before: unknown;
  readonly after: unknown;
}
