/**
 * A wrong fix: an item of the table is the lock, and the first visitor never gives it back. All others wait until their time is over.
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

/** How long a visitor waits before the next look at the lock. */
const POLL_MS = 1_000;

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };
  while (!(await takeLock(`lock of ${Key.id}`))) await new Promise((done) => setTimeout(done, POLL_MS));
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key, ConsistentRead: true }));
  const count = (Item?.bumps ?? 0) + 1;
  await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
  return { count };
}

async function takeLock(id: string): Promise<boolean> {
  try {
    await documents.send(
      new ddb.PutCommand({ TableName, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
