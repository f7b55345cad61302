/**
 * Another right answer: read the balance, and write both items under the condition that the balance is still the one that was read.
 * Here a balance can be checked before it is spent. A delivery that was overtaken throws, and its message is looked at afresh.
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
  const card = { TableName: GiftCards, Key: { giftCardId }, ConsistentRead: true };
  const balance = Number((await documents.send(new ddb.GetCommand(card))).Item?.balance);
  if (balance < amount) throw new Error(`${giftCardId} has only ${balance} left`);
  try {
    await documents.send(
      new ddb.TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: Payments, Item: { orderId }, ConditionExpression: 'attribute_not_exists(orderId)' } },
          {
            Put: {
              TableName: GiftCards,
              Item: { giftCardId, balance: balance - amount },
              ConditionExpression: 'balance = :read',
              ExpressionAttributeValues: { ':read': balance },
            },
          },
        ],
      }),
    );
  } catch (error) {
    const [marker] = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (marker?.Code !== 'ConditionalCheckFailed') throw error;
  }
}
