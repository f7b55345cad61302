/**
 * A wrong fix: the claim is for the message. SQS delivers a message more than once under one id, but the till makes a new
 * message of each attempt.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit({ orderId, amount }: Payment, messageId: string): Promise<void> {
  if (!(await claim(messageId))) return;

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
