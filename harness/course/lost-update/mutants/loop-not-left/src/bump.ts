/**
 * A wrong fix: the write has a condition and is tried again when it fails, but the loop goes on when it has succeeded. One visitor
 * counts as three.
 *
 * A counter is one item of the table, `{ id: 'notify-me', bumps: 41 }`. Readers of the counter look at `bumps`.
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

const ATTEMPTS = 3;

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };
  let count = 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key, ConsistentRead: true }));
    const bumps: number = Item?.bumps ?? 0;
    try {
      await documents.send(
        new ddb.PutCommand({
          TableName,
          Item: { ...Key, bumps: bumps + 1 },
          ConditionExpression: 'attribute_not_exists(id) OR bumps = :bumps',
          ExpressionAttributeValues: { ':bumps': bumps },
        }),
      );
      count = bumps + 1;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    }
  }
  return { count };
}
