/**
 * A wrong fix: optimistic locking by a transaction that tries again only after a failed condition.
 * DynamoDB also cancels a transaction that meets another one, and the visitor gets that as an error.
 */

import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export interface BumpEvent {
  /** Which counter; `notify-me` when nothing is said. */
  readonly counter?: string;
  /** Which of the visitors this is, counted by the page that called. */
  readonly visitor?: number;
}

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  for (let attempt = 1; ; attempt += 1) {
    const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key, ConsistentRead: true }));
    const seen: number = Item?.bumps ?? 0;
    const put = {
      TableName,
      Item: { ...Key, bumps: seen + 1 },
      ConditionExpression: 'attribute_not_exists(id) OR bumps = :seen',
      ExpressionAttributeValues: { ':seen': seen },
    };
    try {
      await documents.send(new ddb.TransactWriteCommand({ TransactItems: [{ Put: put }] }));
      return { count: seen + 1 };
    } catch (error) {
      if (attempt === 5 || !isFailedCondition(error)) throw error;
    }
  }
}

function isFailedCondition(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed'
  );
}
