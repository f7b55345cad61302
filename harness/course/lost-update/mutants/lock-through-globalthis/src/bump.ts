/**
 * A wrong fix: a mutex on globalThis.
 * It is global to one process, and invocations that overlap run in different ones.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

const shared = globalThis as { bumping?: Promise<void> };

export interface BumpEvent {
  /** Which counter; `notify-me` when nothing is said. */
  readonly counter?: string;
  /** Which of the visitors this is, counted by the page that called. */
  readonly visitor?: number;
}

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  const turn = (shared.bumping ?? Promise.resolve()).then(() => bump(Key));
  shared.bumping = turn.then(
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
