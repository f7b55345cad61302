/**
 * Writes the bills: each event of an order is a line on the order's bill, in the order in which the customer changed it.
 *
 * The table has an item for each order, with { orderId, lines: [{ customer, sku, quantity }] }. It may have more members.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { inOrder } from './in-order.ts';
import { eventIn } from './order-event.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: SQSEvent) => inOrder(Records, bill);

async function bill({ body }: SQSRecord): Promise<void> {
  const { orderId, ...line } = eventIn(body);
  // TODO (task 5): an event that comes again is another line on the bill.
  await documents.send(
    new ddb.UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET #lines = list_append(if_not_exists(#lines, :none), :line)',
      ExpressionAttributeNames: { '#lines': 'lines' },
      ExpressionAttributeValues: { ':none': [], ':line': [line] },
    }),
  );
}
