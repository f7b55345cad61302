/**
 * Another right design: a record that can't be read is put aside by the handler at once, with all that it says.
 *
 * Eight shards with one batch each take the place of two with four. A batch that fails for another reason is tried again as a whole.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { type AccountEvent, balanceAfter, eventIn } from './account.ts';
import { screen } from './screening.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sqs = new SQSClient({});
const TableName = process.env.TABLE_NAME;
const QueueUrl = process.env.UNREADABLE_URL;

export const handler = async ({ Records }: KinesisStreamEvent): Promise<void> => {
  // A batch has records of several accounts. They have nothing to do with each other, so they are worked on side by side: a batch takes as long as its
  // busiest account.
  const byAccount = Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey);
  const done = await Promise.allSettled([...byAccount.values()].map(applyAll));
  for (const one of done) if (one.status === 'rejected') throw one.reason;
};

async function applyAll(records: readonly KinesisStreamRecord[]): Promise<void> {
  for (const record of records) {
    const event = read(record);
    await (event === null ? park(record) : apply(event));
  }
}

/** Null: the record holds no event, and never will. */
function read({ kinesis }: KinesisStreamRecord): AccountEvent | null {
  try {
    return eventIn(kinesis.data);
  } catch {
    return null;
  }
}

async function park({ eventID, kinesis }: KinesisStreamRecord): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ eventID, kinesis }) }));
}

async function apply(event: AccountEvent): Promise<void> {
  const { account } = event;
  const seq = BigInt(event.seq);
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { account }, ConsistentRead: true }));
  // A record may come again: because a batch failed behind it, because Lambda did not hear that it was done, because the producer put it twice. The
  // stream's own number differs in the last case, so the event's number decides.
  if (Item !== undefined && seq <= Item.lastSeq) return;
  const receipt = await screen(event);
  try {
    await documents.send(
      new ddb.PutCommand({
        TableName,
        Item: { account, ...balanceAfter(Item, event), receipt, lastSeq: seq },
        // A look before the write is not enough: this write may be on its way for a long time, and arrive when the batch has come again and the
        // account is further on. Then the table must refuse it.
        ConditionExpression: 'attribute_not_exists(account) OR lastSeq < :seq',
        ExpressionAttributeValues: { ':seq': seq },
      }),
    );
  } catch (error) {
    // The account has this event or a later one. That is no failure.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
