/**
 * A wrong fix: a delivery that meets a claim in progress ends well, since its owner is at work. SQS deletes the message, and
 * when the owner has crashed there is no delivery left.
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

async function pay({ orderId, amount, attempt }: Payment): Promise<void> {
  const known = await claim(orderId);
  if (known === 'in progress') return;
  const chargeId = known ?? (await charge(orderId, amount));
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
    return chargeId ?? 'in progress';
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
