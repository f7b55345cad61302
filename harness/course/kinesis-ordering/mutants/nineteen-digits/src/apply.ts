/**
 * Applies account events from the stream: screens each, and writes the account's new balance.
 *
 * The table has an item for each account, with { account, balance, declined, receipt }: the receipt of the account's last event. It may have more members.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

/**
 * Applies the records of one account, one after the other, until one fails; returns its sequence number, or nothing. The account's later records
 * have to wait: if one of them were applied now, the one that failed would be old news when it comes again.
 */
async function firstFailure(records: readonly KinesisStreamRecord[]): Promise<readonly string[]> {
  for (const { kinesis } of records) {
    try {
      await apply(eventIn(kinesis.data));
    } catch (error) {
      console.error(kinesis.sequenceNumber, error);
      return [kinesis.sequenceNumber];
    }
  }
  return [];
}

async function apply(event: AccountEvent): Promise<void> {
  const { account } = event;
  // Texts of one length compare as their numbers do.
  const seq = BigInt(event.seq).toString().padStart(19, '0');
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
