/**
 * A wrong fix: a lock in an environment variable.
 * An environment variable belongs to one execution environment, as its name says.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface BumpEvent {
  /** Which counter; `notify-me` when nothing is said. */
  readonly counter?: string;
  /** Which of the visitors this is, counted by the page that called. */
  readonly visitor?: number;
}

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  while (process.env.BUMPING !== undefined) await sleep(10);
  process.env.BUMPING = 'yes';
  try {
    return await bump(Key);
  } finally {
    delete process.env.BUMPING;
  }
}

async function bump(Key: { readonly id: string }): Promise<{ count: number }> {
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));
  const count = (Item?.bumps ?? 0) + 1;
  await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
  return { count };
}
