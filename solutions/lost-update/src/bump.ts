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

  // The read and the write are one operation, and DynamoDB runs the writes of one item one after the other. Between them
  // there is no moment in which another visitor could write: that moment was the bug, not the speed of the code.
  const addOne = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };

  // ALL_NEW comes from the same operation. A GetCommand afterwards could see the next visitor's number.
  const added = await documents.send(new ddb.UpdateCommand({ TableName, Key, ...addOne, ReturnValues: 'ALL_NEW' }));

  // What ADD is not: idempotent. If the answer gets lost and its sender sends the request again, it adds again.
  return { count: added.Attributes?.bumps };
}
