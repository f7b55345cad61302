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

async function debit({ orderId, amount, sentAt }: Payment): Promise<void> {
  if (!(await claim(`${orderId} ${sentAt.slice(0, 'yyyy-mm-ddThh'.length)}`))) return;

  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}

async function claim(orderId: string): Promise<boolean> {
  const ConditionExpression = 'attribute_not_exists(orderId)';
  try {
    await documents.send(new ddb.PutCommand({ TableName, Item: { orderId }, ConditionExpression }));
    return true;
  } catch (error) {
    // The condition failed: the order has been claimed. Any other error says nothing about that, so the message comes again.
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
