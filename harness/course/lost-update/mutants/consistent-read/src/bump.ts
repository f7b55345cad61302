/**
 * A wrong fix: a strongly consistent read.
 * The value is the newest one at the moment of the read, and old by the time of the write.
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

  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key, ConsistentRead: true }));
  const count = (Item?.bumps ?? 0) + 1;
  await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
  return { count };
}
