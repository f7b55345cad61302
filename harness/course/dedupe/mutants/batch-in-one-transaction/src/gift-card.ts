/**
 * Pays with a gift card. Its balance is an item in a table of ours, so the effect of a payment is a write like any other.
 *
 * `Payments` has an item for every order that was paid, `GiftCards` one for every card: `{ giftCardId: 'g-1', balance: 5000 }`.
 */

import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import type { Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const Payments = process.env.PAYMENT_TABLE;
const GiftCards = process.env.GIFT_CARD_TABLE;

/** The whole batch is one transaction: so nothing can come between its writes. */
export async function handler(event: SQSEvent): Promise<void> {
  const payments = event.Records.map(({ body }): Payment => JSON.parse(body));
  const orders = new Map(payments.map((payment) => [payment.orderId, payment]));
  const sums = new Map<string | undefined, number>();
  for (const { giftCardId, amount } of orders.values()) sums.set(giftCardId, (sums.get(giftCardId) ?? 0) + amount);
  try {
    const TransactItems = [...[...orders.keys()].map(marker), ...[...sums].map(effect)];
    await documents.send(new ddb.TransactWriteCommand({ TransactItems }));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

function marker(orderId: string) {
  return {
    Put: { TableName: Payments, Item: { orderId }, ConditionExpression: 'attribute_not_exists(orderId)' },
  };
}

function effect([giftCardId, sum]: readonly [string | undefined, number]) {
  const ExpressionAttributeValues = { ':minus': -sum };
  const Key = { giftCardId };
  return { Update: { TableName: GiftCards, Key, UpdateExpression: 'ADD balance :minus', ExpressionAttributeValues } };
}

function isDuplicate(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ConditionalCheckFailed');
}
