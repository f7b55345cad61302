/**
 * A wrong fix: the code is as it was, and the template lets the function run once at a time. No two deliveries meet any more, and
 * neither do any two customers.
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
  // No other invocation runs, so none can write between this look and the mark.
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  if (Item !== undefined) return;

  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });

  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId } }));
}
