/**
 * A wrong fix: a duplicate is an error, so it is thrown. The money moves once, and every duplicate comes back until it is dead.
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
  const ConditionExpression = 'attribute_not_exists(orderId)';
  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId }, ConditionExpression }));
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
