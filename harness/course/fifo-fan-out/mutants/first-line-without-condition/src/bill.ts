/**
 * Writes the bills: each event of an order is a line on the order's bill, in the order in which the customer changed it.
 *
 * The table has an item for each order, with { orderId, lines: [{ customer, sku, quantity }] }. It may have more members.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { inOrder } from './in-order.ts';
import { eventIn } from './order-event.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: SQSEvent) => inOrder(Records, bill);

async function bill({ body, attributes }: SQSRecord): Promise<void> {
  const { orderId, ...line } = eventIn(body);
  const id = attributes.MessageDeduplicationId;
  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  if (Item === undefined) {
    // There is no bill yet, so there is nothing to be careful with.
    await documents.send(new ddb.PutCommand({ TableName, Item: { orderId, lines: [line], seen: new Set([id]) } }));
    return;
  }
  try {
    await documents.send(
      new ddb.UpdateCommand({
        TableName,
        Key: { orderId },
        UpdateExpression: 'SET #lines = list_append(#lines, :line) ADD seen :ids',
        ConditionExpression: 'NOT contains(seen, :id)',
        ExpressionAttributeNames: { '#lines': 'lines' },
        ExpressionAttributeValues: { ':line': [line], ':id': id, ':ids': new Set([id]) },
      }),
    );
  } catch (error) {
    // The bill has this line. That is no failure.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
