/**
 * A wrong fix: the marker first, so that no customer pays twice. After a crash between the two writes the order is never paid.
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

  try {
    await documents.send(new ddb.PutCommand(marker));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return;
    throw error;
  }
  await documents.send(new ddb.UpdateCommand(effect));
}
