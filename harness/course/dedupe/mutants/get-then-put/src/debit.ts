/**
 * A wrong fix: look first, with a consistent read, and mark at once after the look.
 * The look and the mark are two calls, and the other delivery fits between them.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit({ orderId, amount }: Payment): Promise<void> {
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  if (Item !== undefined) return;
  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId } }));

  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
