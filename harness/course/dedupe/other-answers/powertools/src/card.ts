/**
 * The library answer: Powertools claims the order with a lease as long as the invocation may still last, keeps the chargeId, and
 * gives it to duplicates. The key for the API and the receipt are still ours to think of.
 */

import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const sqs = new SQSClient({});
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: process.env.TABLE_NAME ?? '', keyAttr: 'orderId' });
const config = new IdempotencyConfig({ eventKeyJmesPath: 'orderId', expiresAfterSeconds: 30 * 24 * 60 * 60 });

export const handler = (event: SQSEvent, context: Context) => {
  config.registerLambdaContext(context);
  return eachPayment(event, pay);
};

const chargeOnce = makeIdempotent(charge, { persistenceStore, config });

async function pay(payment: Payment): Promise<void> {
  const { orderId, attempt } = payment;
  // Outside of what is idempotent: every attempt gets a receipt.
  await sendReceipt({ orderId, attempt, chargeId: await chargeOnce(payment) });
}

async function charge({ orderId, amount }: Payment): Promise<string> {
  const { status, chargeId, message } = await ask(process.env.CHARGE_FUNCTION, { orderId, amount, key: orderId });
  if (status !== 200 || chargeId === undefined) throw new Error(`no charge for ${orderId} (${status}): ${message}`);
  return chargeId;
}

async function sendReceipt(receipt: { orderId: string; attempt: number; chargeId: string }): Promise<void> {
  const QueueUrl = process.env.RECEIPT_QUEUE_URL;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(receipt) }));
}
