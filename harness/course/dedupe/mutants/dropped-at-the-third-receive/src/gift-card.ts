/**
 * Pays with a gift card. Its balance is an item in a table of ours, so the effect of a payment is a write like any other.
 *
 * `Payments` has an item for every order that was paid, `GiftCards` one for every card: `{ giftCardId: 'g-1', balance: 5000 }`.
 */

import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const Payments = process.env.PAYMENT_TABLE;
const GiftCards = process.env.GIFT_CARD_TABLE;

/** A message that failed twice will always fail. */
const RECEIVES = 2;

export function handler(event: SQSEvent) {
  const Records = event.Records.filter(({ attributes }) => Number(attributes.ApproximateReceiveCount) <= RECEIVES);
  return eachPayment({ Records }, pay);
}

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

/**
 * A transaction is cancelled for several reasons, in the order of its items. Only the marker's condition means «duplicate».
 * `TransactionConflict` means that another call was writing one of the items: nothing happened, and the message comes again.
 */
function isDuplicate(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed'
  );
}
