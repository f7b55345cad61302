/**
 * A wrong fix: a retry loop around a write that nothing can make fail.
 * The write has no condition, so it always succeeds and the loop never turns.
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

  for (let attempt = 1; ; attempt += 1) {
    const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));
    const count = (Item?.bumps ?? 0) + 1;
    try {
      await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
      return { count };
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
