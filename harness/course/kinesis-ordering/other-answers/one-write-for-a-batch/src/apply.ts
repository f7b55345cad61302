/**
 * Another right design: the events of an account in a batch are put together in memory, and written with one conditional write.
 *
 * Half as many calls. The condition is the state that was read: if another invocation has written meanwhile, the batch comes again.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { balanceAfter, eventIn } from './account.ts';
import { screen } from './screening.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
  const byAccount = Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey);
  const failures = await Promise.all([...byAccount].map(([account, records]) => applyAll(account, records)));
  return { batchItemFailures: failures.flat().map((itemIdentifier) => ({ itemIdentifier })) };
};

/** Applies what can be read of one account's records, up to the first that can't. Returns the number of the first that is not applied. */
async function applyAll(account: string, records: readonly KinesisStreamRecord[]): Promise<readonly string[]> {
  const [first] = records;
  try {
    const { Item: before } = await documents.send(
      new ddb.GetCommand({ TableName, Key: { account }, ConsistentRead: true }),
    );
    const { item, unread } = await after(before, records);
    if (item !== before) await write(item, before?.lastSeq);
    return unread;
  } catch (error) {
    console.error(account, error);
    return first === undefined ? [] : [first.kinesis.sequenceNumber];
  }
}

/** The account after its records, and the number of the first one that can't be read. */
async function after(before: Record<string, unknown> | undefined, records: readonly KinesisStreamRecord[]) {
  let item = before;
  for (const { kinesis } of records) {
    try {
      const event = eventIn(kinesis.data);
      const lastSeq = BigInt(event.seq);
      if (item !== undefined && lastSeq <= (item.lastSeq as bigint)) continue;
      item = { account: event.account, ...balanceAfter(item, event), receipt: await screen(event), lastSeq };
    } catch {
      return { item, unread: [kinesis.sequenceNumber] };
    }
  }
  return { item, unread: [] };
}

async function write(Item: Record<string, unknown> | undefined, lastSeq: unknown): Promise<void> {
  const condition =
    lastSeq === undefined
      ? { ConditionExpression: 'attribute_not_exists(account)' }
      : { ConditionExpression: 'lastSeq = :was', ExpressionAttributeValues: { ':was': lastSeq } };
  await documents.send(new ddb.PutCommand({ TableName, Item, ...condition }));
}
