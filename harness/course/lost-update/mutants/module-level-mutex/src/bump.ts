/**
 * A wrong fix: a mutex in a module variable.
 * Every execution environment evaluates the module for itself, and so has a mutex of its own.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

let queue: Promise<void> = Promise.resolve();

export interface BumpEvent {
  /** Which counter; `notify-me` when nothing is said. */
  readonly counter?: string;
  /** Which of the visitors this is, counted by the page that called. */
  readonly visitor?: number;
}

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  const turn = queue.then(() => bump(Key));
  queue = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}

async function bump(Key: { readonly id: string }): Promise<{ count: number }> {
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));
  const count = (Item?.bumps ?? 0) + 1;
  await documents.send(new ddb.PutCommand({ TableName, Item: { ...Key, bumps: count } }));
  return { count };
}
