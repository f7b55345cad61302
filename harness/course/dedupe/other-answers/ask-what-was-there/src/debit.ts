/**
 * Another right answer: put the marker without a condition, and ask what was there before. DynamoDB replaces the item and returns the
 * old one in one operation; a delivery that gets nothing back was the first.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = (event: SQSEvent) => eachPayment(event, debit);

async function debit({ orderId, amount }: Payment): Promise<void> {
  const { Attributes } = await documents.send(
    new ddb.PutCommand({ TableName, Item: { orderId }, ReturnValues: 'ALL_OLD' }),
  );
  if (Attributes !== undefined) return;
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
