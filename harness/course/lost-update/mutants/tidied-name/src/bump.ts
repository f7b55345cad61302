/**
 * A wrong fix: the name of the counter is tidied before it becomes the key.
 * The page reads the item that has the name as it was sent.
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
  const Key = { id: (event.counter ?? 'notify-me').trim().toLowerCase() };
  const addOne = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };
  const added = await documents.send(new ddb.UpdateCommand({ TableName, Key, ...addOne, ReturnValues: 'ALL_NEW' }));
  return { count: added.Attributes?.bumps };
}
