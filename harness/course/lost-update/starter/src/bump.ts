/**
 * Bumps a counter: one invocation per click on «Notify me», and the answer is the visitor's number.
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

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  // TODO (task 1): make every bump count. One way is to let the table do the adding: un-comment these three lines.
  // const addOne = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };
  // const added = await documents.send(new ddb.UpdateCommand({ TableName, Key, ...addOne, ReturnValues: 'ALL_NEW' }));
  // return { count: added.Attributes?.bumps };

  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));
  const count = (Item?.bumps ?? 0) + 1;
  await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
  return { count };
}
