/**
 * A wrong fix: a library for idempotency around an effect in one's own table. Its record and the balance are still two writes, and
 * after a crash between them the balance goes down again.
 */

import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { eachPayment, type Payment } from './payments.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const tableName = process.env.PAYMENT_TABLE ?? '';
const persistenceStore = new DynamoDBPersistenceLayer({ tableName, keyAttr: 'orderId' });
const config = new IdempotencyConfig({ eventKeyJmesPath: 'orderId' });

export const handler = (event: SQSEvent, context: Context) => {
  config.registerLambdaContext(context);
  return eachPayment(event, payOnce);
};

const payOnce = makeIdempotent(pay, { persistenceStore, config });

async function pay({ giftCardId, amount }: Payment): Promise<void> {
  await documents.send(
    new ddb.UpdateCommand({
      TableName: process.env.GIFT_CARD_TABLE,
      Key: { giftCardId },
      UpdateExpression: 'ADD balance :minus',
      ExpressionAttributeValues: { ':minus': -amount },
    }),
  );
}
