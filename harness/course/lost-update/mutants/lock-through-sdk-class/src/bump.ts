/**
 * A wrong fix: a mutex on a class of the SDK, which every module of the process shares.
 * The class is loaded once in each execution environment, and so is the mutex.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

const shared = ddb.DynamoDBDocumentClient as { bumping?: Promise<void> };

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
