/**
 * Sells one seat of a show, if one is left, and tells the buyer yes or no.
 *
 * A show is one item of the table: `{ id: 'opening-night', sold: 49 }`.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;
const SEATS = Number(process.env.SEATS);

export interface SellEvent {
  readonly show: string;
  readonly buyer: number;
}

export async function handler({ show }: SellEvent): Promise<{ sold: boolean }> {
  if ((await soldSoFar(show)) >= SEATS) return { sold: false };
  // Another buyer may have been faster: look once more, right before the write.
  const sold = await soldSoFar(show);
  if (sold >= SEATS) return { sold: false };
  await documents.send(new PutCommand({ TableName, Item: { id: show, sold: sold + 1 } }));
  return { sold: true };
}

async function soldSoFar(show: string): Promise<number> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: show }, ConsistentRead: true }));
  return Item?.sold ?? 0;
}
