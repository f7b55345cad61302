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
  try {
    await Promise.all([...byAccount.values()].map((records) => applyAll(records)));
    return { batchItemFailures: [] };
  } catch (error) {
    return { batchItemFailures: [{ itemIdentifier: (error as Failed).itemIdentifier }] };
  }
};

class Failed extends Error {
  readonly itemIdentifier: string;

  constructor(itemIdentifier: string) {
    super('A record could not be applied.');
    this.itemIdentifier = itemIdentifier;
  }
}

/** Applies the records of one account, one after the other, until one fails. */
async function applyAll(records: readonly KinesisStreamRecord[]): Promise<void> {
  for (const { kinesis } of records) {
    try {
      await apply(eventIn(kinesis.data));
    } catch (error) {
      console.error(kinesis.sequenceNumber, error);
      throw new Failed(kinesis.sequenceNumber);
    }
  }
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
