/**
 * Applies account events from the stream: screens each, and writes the account's new balance.
 *
 * The table has an item for each account, with { account, balance, declined, receipt }: the receipt of the account's last event. It may have more members.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { type AccountEvent, balanceAfter, eventIn } from './account.ts';
import { screen } from './screening.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
  // A batch has records of several accounts. They have nothing to do with each other, so they are worked on side by side: a batch takes as long as its
  // busiest account.
  const byAccount = Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey);
  const failures = await Promise.all([...byAccount.values()].map((records) => firstFailure(records)));
  // Lambda takes the lowest of these numbers and gives this function everything from there on once more, what is done included.
  return { batchItemFailures: failures.flat().map((itemIdentifier) => ({ itemIdentifier })) };
};

/** Applies the records of one account with one write; returns the sequence number of the first one if that fails, or of one that can't be read. */
async function firstFailure(records: readonly KinesisStreamRecord[]): Promise<readonly string[]> {
  const events: AccountEvent[] = [];
  const unread: string[] = [];
  for (const { kinesis } of records) {
    try {
      events.push(eventIn(kinesis.data));
    } catch (error) {
      console.error(kinesis.sequenceNumber, error);
      unread.push(kinesis.sequenceNumber);
      break;
    }
  }
  try {
    await applyAll(events);
  } catch (error) {
    console.error(error);
    return records.slice(0, 1).map(({ kinesis }) => kinesis.sequenceNumber);
  }
  return unread;
}

async function applyAll(events: readonly AccountEvent[]): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const { account } = first;
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { account }, ConsistentRead: true }));
  // What the account has already is left out.
  const news = events.filter(({ seq }) => Item === undefined || BigInt(seq) > Item.lastSeq);
  const last = news.at(-1);
  if (last === undefined) return;
  let after = Item;
  let receipt = '';
  for (const event of news) {
    receipt = await screen(event);
    after = { ...after, ...balanceAfter(after, event) };
  }
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { ...after, account, receipt, lastSeq: BigInt(last.seq) },
      ...(Item === undefined
        ? { ConditionExpression: 'attribute_not_exists(account)' }
        : { ConditionExpression: 'lastSeq = :was', ExpressionAttributeValues: { ':was': Item.lastSeq } }),
    }),
  );
}
