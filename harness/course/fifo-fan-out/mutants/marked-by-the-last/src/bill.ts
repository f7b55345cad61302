/**
 * Writes the bills: each event of an order is a line on the order's bill, in the order in which the customer changed it.
 *
 * The table has an item for each order, with { orderId, lines: [{ customer, sku, quantity }] }. It may have more members.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eventIn } from './order-event.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

/** Writes all lines of an order that a batch has with one write. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const givenBack: SQSRecord[] = [];
  for (const records of Map.groupBy(Records, ({ attributes }) => attributes.MessageGroupId).values()) {
    const end = records.findIndex(({ body }) => !isEvent(body));
    const healthy = end === -1 ? records : records.slice(0, end);
    try {
      if (healthy.length > 0) await bill(healthy);
      givenBack.push(...records.slice(healthy.length));
    } catch (error) {
      console.error(error);
      givenBack.push(...records);
    }
  }
  return { batchItemFailures: givenBack.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

function isEvent(body: string): boolean {
  try {
    return eventIn(body).orderId !== undefined;
  } catch {
    return false;
  }
}

async function bill(records: readonly SQSRecord[]): Promise<void> {
  const events = records.map(({ body }) => eventIn(body));
  const ids = records.map(({ attributes }) => attributes.MessageDeduplicationId ?? '');
  try {
    await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { orderId: events[0]?.orderId },
        UpdateExpression: 'SET #lines = list_append(if_not_exists(#lines, :none), :lines) ADD seen :ids',
        // A batch that comes again is the same batch, so its last event tells whether it was there.
        ConditionExpression: 'NOT contains(seen, :id)',
        ExpressionAttributeNames: { '#lines': 'lines' },
        ExpressionAttributeValues: {
          ':none': [],
          ':lines': events.map(({ orderId: _, ...line }) => line),
          ':id': ids.at(-1),
          ':ids': new Set(ids),
        },
      }),
    );
  } catch (error) {
    // The bill has these lines. That is no failure.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
