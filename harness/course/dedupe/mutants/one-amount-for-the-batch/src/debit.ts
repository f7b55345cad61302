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

export const handler = (event: SQSEvent) => {
  // The gateway wants to know the amount before the first request.
  const { amount } = JSON.parse(event.Records[0]?.body ?? '{}');
  return eachPayment(event, (payment) => debit({ ...payment, amount }));
};

async function debit({ orderId, amount }: Payment): Promise<void> {
  // The look and the mark are one write: DynamoDB runs the writes of an item one after the other, and the condition lets only
  // the first of them through. The key is the order. The message id would be a new one for each attempt of the till.
  if (!(await claim(orderId))) return;

  // What this can't give: a crash right here leaves an order that is claimed and not debited, and nothing can tell which.
  // With a gateway that has no keys and can't be asked, the choice is «at most once» (this order) or «at least once» (the other).
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
