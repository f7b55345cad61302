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

async function bill({ body, attributes }: SQSRecord): Promise<void> {
  const { orderId, ...line } = eventIn(body);
  const id = attributes.MessageDeduplicationId ?? '';
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  const { lines = [], ids = '', version = 0 } = Item ?? {};
  if (ids.includes(id)) return;
  await documents.send(
    new ddb.PutCommand({
      TableName,
      Item: { orderId, lines: [...lines, line], ids: `${ids} ${id}`, version: version + 1 },
      // Another write came between. Then this message comes again, and finds what that one has done.
      ConditionExpression: 'attribute_not_exists(orderId) OR version = :version',
      ExpressionAttributeValues: { ':version': version },
    }),
  );
}
