/**
 * Another right design: nothing is read. One update books what the balance covers, another one declines the rest, and the table tells which applies.
 *
 * The event's number is kept as a text of twenty digits, so that texts compare like numbers. A batch that fails, fails as a whole and is halved.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { type AccountEvent, eventIn } from './account.ts';
import { screen } from './screening.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;
const DIGITS = 20;

export const handler = async ({ Records }: KinesisStreamEvent): Promise<void> => {
  const byAccount = Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey);
  const done = await Promise.allSettled([...byAccount.values()].map(applyAll));
  const failed = done.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw new Error(`A record of this batch can't be applied: ${JSON.stringify(failed)}`);
};

async function applyAll(records: readonly KinesisStreamRecord[]): Promise<void> {
  for (const { kinesis } of records) await apply(eventIn(kinesis.data));
}

async function apply(event: AccountEvent): Promise<void> {
  const receipt = await screen(event);
  const isNew = '(attribute_not_exists(account) OR lastSeq < :seq)';
  const booked = event.kind === 'deposit' ? event.amount : -event.amount;
  const covered = event.kind === 'deposit' || event.amount === 0 ? '' : ' AND balance >= :amount';
  const marks = 'receipt = :receipt, lastSeq = :seq';
  const values = { ':receipt': receipt, ':seq': event.seq.padStart(DIGITS, '0') };
  if (
    await update(event, `SET ${marks} ADD balance :booked, declined :none`, isNew + covered, {
      ...values,
      ':booked': booked,
      ':none': 0,
      ...(covered === '' ? {} : { ':amount': event.amount }),
    })
  )
    return;
  // Either the event is old, or the balance does not cover it. In the first case this changes nothing either.
  const uncovered = '(attribute_not_exists(balance) OR balance < :amount)';
  await update(event, `SET ${marks} ADD balance :none, declined :one`, `${isNew} AND ${uncovered}`, {
    ...values,
    ':none': 0,
    ':one': 1,
    ':amount': event.amount,
  });
}

/** Whether the update was made; the table refuses it if its condition does not hold. */
async function update(
  { account }: AccountEvent,
  UpdateExpression: string,
  ConditionExpression: string,
  ExpressionAttributeValues: Record<string, unknown>,
): Promise<boolean> {
  try {
    await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { account },
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeValues,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
