/**
 * Sells one ticket of a show: looks whether one is left, and writes one less. Two buyers at once may both be told yes.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export async function handler({ show }: { readonly show: string }): Promise<{ sold: boolean }> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: show } }));
  const left = Number(Item?.left ?? 0);
  if (left === 0) return { sold: false };
  await documents.send(new PutCommand({ TableName, Item: { id: show, left: left - 1 } }));
  return { sold: true };
}
