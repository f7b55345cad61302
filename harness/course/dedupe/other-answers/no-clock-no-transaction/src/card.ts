/**
 * Another right answer, without a clock: a claim belongs to a message. SQS delivers a message again when its visibility timeout is over,
 * and that is six times as long as a handler can last: so who gets the same message again may take over, and who has another
 * message of the same order comes back later. If SQS should hand out one message twice at once, the key still keeps the money right.
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

export const handler = (event: SQSEvent) => eachPayment(event, pay);

async function pay({ orderId, amount, attempt }: Payment, messageId: string): Promise<void> {
  const chargeId = (await claim(orderId, messageId)) ?? (await charge(orderId, amount));
  await sendReceipt({ orderId, attempt, chargeId });
}

async function claim(orderId: string, messageId: string): Promise<string | null> {
  const isMine = 'attribute_not_exists(orderId) OR (attribute_not_exists(chargeId) AND claimedBy = :me)';
  try {
    await documents.send(
      new ddb.PutCommand({
        TableName,
        Item: { orderId, claimedBy: messageId },
        ConditionExpression: isMine,
        ExpressionAttributeValues: { ':me': messageId },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const chargeId = error.Item?.chargeId?.S;
    if (chargeId === undefined) throw new Error(`${orderId} belongs to another message`);
    return chargeId;
  }
}

async function charge(orderId: string, amount: number): Promise<string> {
  const { status, chargeId, message } = await ask(process.env.CHARGE_FUNCTION, { orderId, amount, key: orderId });
  if (status !== 200 || chargeId === undefined) throw new Error(`no charge for ${orderId} (${status}): ${message}`);
  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId, chargeId } }));
  return chargeId;
}

async function sendReceipt(receipt: { orderId: string; attempt: number; chargeId: string }): Promise<void> {
  const QueueUrl = process.env.RECEIPT_QUEUE_URL;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(receipt) }));
}
