/**
 * Another right answer: the item says whose the order is. Everybody tries to write their name, the first name stays, and the
 * answer of that very write tells each of them which it is.
 */

import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit({ orderId, amount }: Payment): Promise<void> {
  const me = randomUUID();
  const { Attributes } = await documents.send(
    new ddb.UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET claimedBy = if_not_exists(claimedBy, :me)',
      ExpressionAttributeValues: { ':me': me },
      ReturnValues: 'ALL_NEW',
    }),
  );
  if (Attributes?.claimedBy !== me) return;
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
