/**
 * Takes money from a bank account, through the bank's old gateway. The gateway knows no keys: each request takes the money.
 *
 * The table has an item for every order that was claimed, `{ orderId: 'o-17' }`.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import type { Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

/** All claims of the batch, and then all debits: so no money moves before the table has answered for everybody. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const claimed: Payment[] = [];
  for (const { messageId, body } of event.Records) {
    const payment = read(body);
    if (payment === null) batchItemFailures.push({ itemIdentifier: messageId });
    else if (await claim(payment.orderId)) claimed.push(payment);
  }
  for (const { orderId, amount } of claimed) await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
  return { batchItemFailures };
}

function read(body: string): Payment | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
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
