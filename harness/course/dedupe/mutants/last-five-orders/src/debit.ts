/**
 * Takes money from a bank account, through the bank's old gateway. The gateway knows no keys: each request takes the money.
 *
 * The table has an item for every order that was claimed, `{ orderId: 'o-17' }`.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

/** A duplicate comes right behind its order. */
const REMEMBERED = 5;
const Key = { orderId: 'the last orders' };

async function debit({ orderId, amount }: Payment): Promise<void> {
  if (await claim(orderId)) await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}

async function claim(orderId: string): Promise<boolean> {
  const { Item = { orders: [], version: 0 } } = await documents.send(
    new ddb.GetCommand({ TableName, Key, ConsistentRead: true }),
  );
  if (Item.orders.includes(orderId)) return false;
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { ...Key, orders: [...Item.orders, orderId].slice(-REMEMBERED), version: Item.version + 1 },
      ConditionExpression: 'attribute_not_exists(orderId) OR version = :read',
      ExpressionAttributeValues: { ':read': Item.version },
    }),
  );
  return true;
}
