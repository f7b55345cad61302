/**
 * A wrong fix: the right condition, and a conflict that is thanked for as if it had been written.
 * The second visitor gets a number that was never stored.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));
  const seen: number = Item?.bumps ?? 0;
  try {
    await documents.send(
      new ddb.PutCommand({
        TableName,
        Item: { ...Key, bumps: seen + 1 },
        ConditionExpression: 'attribute_not_exists(id) OR bumps = :seen',
        ExpressionAttributeValues: { ':seen': seen },
      }),
    );
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  return { count: seen + 1 };
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
