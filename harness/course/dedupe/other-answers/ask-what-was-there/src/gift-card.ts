/**
 * Another right answer: read the balance, and write both items under the condition that the balance is still the one that was read.
 * Whoever was overtaken, or finds a marker, throws or goes home; nothing is ever added to a number that nobody looked at.
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
  const paid = await documents.send(
    new ddb.GetCommand({ TableName: Payments, Key: { orderId }, ConsistentRead: true }),
  );
  if (paid.Item !== undefined) return;
  const { Item } = await documents.send(
    new ddb.GetCommand({ TableName: GiftCards, Key: { giftCardId }, ConsistentRead: true }),
  );
  const balance = Number(Item?.balance);
  // A transaction that is cancelled, for whatever reason, has done nothing: the message comes again and is looked at afresh.
  await documents.send(
    new ddb.TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: Payments, Item: { orderId }, ConditionExpression: 'attribute_not_exists(orderId)' } },
        {
          Put: {
            TableName: GiftCards,
            Item: { ...Item, giftCardId, balance: balance - amount },
            ConditionExpression: 'balance = :read',
            ExpressionAttributeValues: { ':read': balance },
          },
        },
      ],
    }),
  );
}
