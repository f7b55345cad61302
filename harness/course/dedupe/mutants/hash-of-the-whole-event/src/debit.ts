/**
 * A wrong fix: the claim is for a hash of all that arrived. The second attempt says «attempt 2» and when it was sent, so its hash
 * is another one.
 */

import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit(payment: Payment): Promise<void> {
  const { orderId, amount } = payment;
  if (!(await claim(createHash('sha256').update(JSON.stringify(payment)).digest('hex')))) return;

  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}

async function claim(key: string): Promise<boolean> {
  const ConditionExpression = 'attribute_not_exists(orderId)';
  try {
    await documents.send(new ddb.PutCommand({ TableName, Item: { orderId: key }, ConditionExpression }));
    return true;
  } catch (error) {
    // The condition failed: the order has been claimed. Any other error says nothing about that, so the message comes again.
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
