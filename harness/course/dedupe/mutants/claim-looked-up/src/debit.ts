/**
 * A wrong fix: after a failed condition the claim is looked up, and an order without one is debited. The look need not see the claim
 * that the condition has seen, unless it asks for the newest.
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
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    return !(await isClaimed(orderId));
  }
}

/** A claim may have been cleaned up since: then the order is nobody's, and it is ours. */
async function isClaimed(orderId: string): Promise<boolean> {
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId } }));
  return Item !== undefined;
}
