/**
 * A wrong fix: the right condition, but the retry writes what it read the first time.
 * The value that made the condition fail fails it again.
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
  for (let attempt = 1; ; attempt += 1) {
    try {
      await documents.send(
        new ddb.PutCommand({
          TableName,
          Item: { ...Key, bumps: seen + 1 },
          ConditionExpression: 'attribute_not_exists(id) OR bumps = :seen',
          ExpressionAttributeValues: { ':seen': seen },
        }),
      );
      return { count: seen + 1 };
    } catch (error) {
      if (attempt === 5 || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
