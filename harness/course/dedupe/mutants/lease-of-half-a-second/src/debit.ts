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

/** A debit takes a tenth of a second. */
const LEASE_MS = 500;

async function debit({ orderId, amount }: Payment): Promise<void> {
  if (!(await claim(orderId))) return;
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
  const Key = { orderId };
  const ExpressionAttributeValues = { ':yes': true };
  await documents.send(
    new ddb.UpdateCommand({ TableName, Key, UpdateExpression: 'SET debited = :yes', ExpressionAttributeValues }),
  );
}

/** False if the order was debited; throws while another delivery is at work on it. */
async function claim(orderId: string): Promise<boolean> {
  const nowMs = Date.now();
  try {
    await documents.send(
      new ddb.PutCommand({
        TableName,
        Item: { orderId, leaseUntilMs: nowMs + LEASE_MS },
        ConditionExpression:
          'attribute_not_exists(orderId) OR (attribute_not_exists(debited) AND leaseUntilMs < :nowMs)',
        ExpressionAttributeValues: { ':nowMs': nowMs },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
    if (Item?.debited === true) return false;
    throw error;
  }
}
