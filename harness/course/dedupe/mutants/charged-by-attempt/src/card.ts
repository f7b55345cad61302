/**
 * Charges a credit card, through the API of the payment provider, and sends the till its receipt.
 *
 * The API takes a `key`. For a known key it repeats its first answer and charges nothing; while a key is being worked on it
 * answers 409; ten minutes after its answer it has forgotten the key. The table has an item for every order that was begun,
 * with the `chargeId` once there is one.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sqs = new SQSClient({});
const TableName = process.env.TABLE_NAME;
const leaseMs = Number(process.env.LEASE_SECONDS) * 1_000;

export const handler = (event: SQSEvent) => eachPayment(event, pay);

async function pay({ orderId, attempt, ...payment }: Payment): Promise<void> {
  // The attempts of an order share its amount.
  const amount = payment.amount / attempt;
  const chargeId = (await claim(orderId)) ?? (await charge(orderId, amount));
  // A duplicate sends a receipt too, with the first answer. A sender that asks again waits for one; and the first
  // delivery may have crashed right here, after the charge was made and before its receipt was sent.
  await sendReceipt({ orderId, attempt, chargeId });
}

/** Resolves to null if the order is ours to charge now, else to the charge that was made for it. */
async function claim(orderId: string): Promise<string | null> {
  const nowMs = Date.now();
  try {
    // New, or begun by an owner whose lease has ended. Both sides of the comparison are milliseconds since 1970. The time is
    // compared here and not left to DynamoDB's TTL, which deletes days later.
    const isFree = 'attribute_not_exists(orderId) OR (attribute_not_exists(chargeId) AND leaseUntilMs < :now)';
    await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { orderId },
        UpdateExpression: 'SET leaseUntilMs = :until',
        ConditionExpression: isFree,
        ExpressionAttributeValues: { ':now': nowMs, ':until': nowMs + leaseMs },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const chargeId = error.Item?.chargeId?.S;
    // Begun and not done: its owner may be at work, or dead, and there is no way to tell. So this message must not be deleted: to throw
    // is to come back later, when there is either a charge or a lease that is over.
    if (chargeId === undefined) throw new Error(`${orderId} is being charged by another delivery`);
    return chargeId;
  }
}

async function charge(orderId: string, amount: number): Promise<string> {
  // One key for all attempts of an order. If the one before us crashed after the API had charged, this asks for the same
  // charge again and gets its id. A lease alone can't do that: it says when to take over, and not how far the other one got.
  const { status, chargeId, message } = await ask(process.env.CHARGE_FUNCTION, { orderId, amount, key: orderId });
  if (status !== 200 || chargeId === undefined) throw new Error(`no charge for ${orderId} (${status}): ${message}`);

  // The API forgets its keys, the table does not: from here on it is the table that answers duplicates.
  await documents.send(
    new ddb.UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET chargeId = :chargeId REMOVE leaseUntilMs',
      ExpressionAttributeValues: { ':chargeId': chargeId },
    }),
  );
  return chargeId;
}

async function sendReceipt(receipt: { orderId: string; attempt: number; chargeId: string }): Promise<void> {
  const QueueUrl = process.env.RECEIPT_QUEUE_URL;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(receipt) }));
}
