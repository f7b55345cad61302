/**
 * Applies account events from the stream: screens each, and writes the account's new balance.
 *
 * The table has an item for each account, with { account, balance, declined, receipt }: the receipt of the account's last event. It may have more members.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { KinesisStreamEvent } from 'aws-lambda';
import { type AccountEvent, balanceAfter, eventIn } from './account.ts';
import { screen } from './screening.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: KinesisStreamEvent): Promise<void> => {
  // TODO (task 2): one record after the other, whosever it is. Each waits a second for its screening, and 20 come in a second.
  for (const { kinesis } of Records) {
    // TODO (task 4): one record that can't be read fails the whole batch, again and again, and takes its neighbours with it.
    await apply(eventIn(kinesis.data));
  }
};

async function apply(event: AccountEvent): Promise<void> {
  const { account } = event;
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { account }, ConsistentRead: true }));
  const receipt = await screen(event);
  // TODO (task 3): a record that comes again is applied again, and an old write that arrives late takes the place of a newer one.
  await documents.send(new ddb.PutCommand({ TableName, Item: { account, ...balanceAfter(Item, event), receipt } }));
}
