/**
 * The library answer: Powertools claims the order, keeps the result, and throws while a claim is in progress.
 */

import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { ask } from './ask.ts';
import { eachPayment, type Payment } from './payments.ts';

const persistenceStore = new DynamoDBPersistenceLayer({ tableName: process.env.TABLE_NAME ?? '', keyAttr: 'orderId' });
// By default a record expires after an hour, and the till may try again tomorrow.
const config = new IdempotencyConfig({ eventKeyJmesPath: 'orderId', expiresAfterSeconds: 30 * 24 * 60 * 60 });

export const handler = (event: SQSEvent, context: Context) => {
  // Without this there is no lease: a claim in progress would never end.
  config.registerLambdaContext(context);
  return eachPayment(event, debitOnce);
};

const debitOnce = makeIdempotent(debit, { persistenceStore, config });

async function debit({ orderId, amount }: Payment): Promise<void> {
  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });
}
