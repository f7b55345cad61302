/**
 * A wrong fix: whatever cancels a transaction and is no conflict is taken for a duplicate. A table without throughput cancels it too, and the
 * payment is deleted from the queue as done.
 */

import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const Payments = process.env.PAYMENT_TABLE;
const GiftCards = process.env.GIFT_CARD_TABLE;

export const handler = (event: SQSEvent) => eachPayment(event, pay);

async function pay({ orderId, giftCardId, amount }: Payment): Promise<void> {
  const marker = { TableName: Payments, Item: { orderId }, ConditionExpression: 'attribute_not_exists(orderId)' };
  const effect = {
    TableName: GiftCards,
    Key: { giftCardId },
    UpdateExpression: 'ADD balance :minus',
    ExpressionAttributeValues: { ':minus': -amount },
  };

  // Both or none: there is no moment between them, so there is nothing for a crash to fall into, and no lease to think about.
  // This is the easy case, and a reason to keep an effect in the same database as its marker where one can.
  try {
    await documents.send(new ddb.TransactWriteCommand({ TransactItems: [{ Put: marker }, { Update: effect }] }));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

function isDuplicate(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const reasons = error.CancellationReasons ?? [];
  return !reasons.some(({ Code }) => Code === 'TransactionConflict');
}
