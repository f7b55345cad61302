/**
 * Pays with a gift card. Its balance is an item in a table of ours, so the effect of a payment is a write like any other.
 *
 * `Payments` has an item for every order that was paid, `GiftCards` one for every card: `{ giftCardId: 'g-1', balance: 5000 }`.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

  // TODO (task 2): these are two writes, and a crash between them leaves a marker whose payment never happened. Send both in
  // one TransactWriteCommand. When it is cancelled, its CancellationReasons say why; only one of the reasons is «duplicate».
  try {
    await documents.send(new ddb.PutCommand(marker));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return;
    throw error;
  }
  await documents.send(new ddb.UpdateCommand(effect));
}
