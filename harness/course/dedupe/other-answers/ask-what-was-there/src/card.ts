/**
 * Another right answer: a claim has an owner, and only its owner may write the result down. An owner so slow that another delivery
 * took over finds that out at the last write, throws, and comes back as a duplicate. Here the lease is in seconds, on both sides.
 */

import { randomUUID } from 'node:crypto';
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
  const me = randomUUID();
  const { claimedBy, chargeId } = await look(orderId, me);
  if (chargeId !== undefined) return sendReceipt({ orderId, attempt, chargeId });
  if (claimedBy !== me) throw new Error(`${orderId} is being charged by ${claimedBy}`);
  const answer = await ask(process.env.CHARGE_FUNCTION, { orderId, amount, key: orderId });
  if (answer.status !== 200 || answer.chargeId === undefined) throw new Error(`no charge for ${orderId}`);
  await record(orderId, me, answer.chargeId);
  return sendReceipt({ orderId, attempt, chargeId: answer.chargeId });
}

/** Takes the order if it is free, and says in any case how things stand. */
async function look(orderId: string, me: string): Promise<{ claimedBy?: string; chargeId?: string }> {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  try {
    const { Attributes } = await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { orderId },
        UpdateExpression: 'SET claimedBy = :me, leaseUntilSeconds = :until',
        ConditionExpression: 'attribute_not_exists(chargeId) AND NOT leaseUntilSeconds >= :now',
        ExpressionAttributeValues: { ':me': me, ':until': nowSeconds + leaseSeconds, ':now': nowSeconds },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Attributes ?? {};
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    const { Item = {} } = error as { Item?: Record<string, { S?: string }> };
    const { claimedBy, chargeId } = Item;
    return {
      ...(claimedBy?.S === undefined ? {} : { claimedBy: claimedBy.S }),
      ...(chargeId?.S === undefined ? {} : { chargeId: chargeId.S }),
    };
  }
}

async function record(orderId: string, me: string, chargeId: string): Promise<void> {
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { orderId, chargeId },
      ConditionExpression: 'claimedBy = :me',
      ExpressionAttributeValues: { ':me': me },
    }),
  );
}

async function sendReceipt(receipt: { orderId: string; attempt: number; chargeId: string }): Promise<void> {
  const QueueUrl = process.env.RECEIPT_QUEUE_URL;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(receipt) }));
}
