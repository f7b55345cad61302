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
  const both = { TransactItems: [{ Put: marker }, { Update: effect }] };
  try {
    await documents.send(new ddb.TransactWriteCommand(both));
  } catch (error) {
    if (isDuplicate(error)) return;
    if (!(error instanceof TransactionCanceledException)) throw error;
    // Another transaction was writing. By now it is done, and if this fails as well it has been a duplicate after all.
    await documents.send(new ddb.TransactWriteCommand(both)).catch(() => {});
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
