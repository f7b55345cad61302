/**
 * A wrong fix: the transaction is right, and a delivery that it refuses throws. That is right for a conflict, which may be over
 * the next time, and wrong for a duplicate, which never will be.
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

  await documents.send(new ddb.TransactWriteCommand({ TransactItems: [{ Put: marker }, { Update: effect }] }));
}
