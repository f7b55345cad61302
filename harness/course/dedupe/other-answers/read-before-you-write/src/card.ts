/**
 * Another right answer: read first, so that most duplicates cost a read and no write; then take the item over under the condition that
 * it is still the one that was read. A version counts the claims, so that a late record of an earlier claim changes nothing.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sqs = new SQSClient({});
const TableName = process.env.TABLE_NAME;
const leaseSeconds = Number(process.env.LEASE_SECONDS);

export const handler = (event: SQSEvent) => eachPayment(event, pay);

async function pay({ orderId, amount, attempt }: Payment): Promise<void> {
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  const chargeId = Item?.chargeId ?? (await charge(orderId, amount, Item));
  await sendReceipt({ orderId, attempt, chargeId });
}

async function charge(orderId: string, amount: number, read: Record<string, unknown> | undefined): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  if (read !== undefined && Number(read.leaseUntilSeconds) >= nowSeconds)
    throw new Error(`${orderId} is being charged`);
  const version = Number(read?.version ?? 0);
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { orderId, version: version + 1, leaseUntilSeconds: nowSeconds + leaseSeconds },
      ConditionExpression: version === 0 ? 'attribute_not_exists(orderId)' : 'version = :version',
      ...(version === 0 ? {} : { ExpressionAttributeValues: { ':version': version } }),
    }),
  );
  const answer = await ask(process.env.CHARGE_FUNCTION, { orderId, amount, key: orderId });
  const { status, chargeId } = answer;
  if (status !== 200 || chargeId === undefined) throw new Error(`no charge for ${orderId} (${status})`);
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { orderId, version: version + 2, chargeId },
      ConditionExpression: 'version = :mine',
      ExpressionAttributeValues: { ':mine': version + 1 },
    }),
  );
  return chargeId;
}

async function sendReceipt(receipt: { orderId: string; attempt: number; chargeId: string }): Promise<void> {
  const QueueUrl = process.env.RECEIPT_QUEUE_URL;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(receipt) }));
}
