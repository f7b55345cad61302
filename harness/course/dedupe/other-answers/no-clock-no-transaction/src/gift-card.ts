/**
 * Another right answer: the gift card itself remembers its orders, so effect and marker are one write of one item, at half the price of a
 * transaction. It fits a card that pays for a few orders; an item that grows without end meets the limit of 400 KB.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.GIFT_CARD_TABLE;

export const handler = (event: SQSEvent) => eachPayment(event, pay);

async function pay({ orderId, giftCardId, amount }: Payment): Promise<void> {
  try {
    await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { giftCardId },
        UpdateExpression: 'ADD balance :minus, paidOrders :order',
        ConditionExpression: 'NOT contains(paidOrders, :orderId)',
        ExpressionAttributeValues: { ':minus': -amount, ':order': new Set([orderId]), ':orderId': orderId },
      }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return;
    throw error;
  }
}
