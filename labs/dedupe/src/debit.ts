/**
 * Takes money from a bank account, through the bank's old gateway. The gateway knows no keys: each request takes the money.
 *
 * The table has an item for every order that was debited, `{ orderId: 'o-17' }`.
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
  // TODO (task 1): two deliveries of one order can both get past this look, since neither has written yet. Claim the order
  // with one write that only the first of them can make, before the money moves.
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  if (Item !== undefined) return;

  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });

  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId } }));
}
