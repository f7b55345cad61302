/**
 * Writes the bills: each event of an order is a line on the order's bill, in the order in which the customer changed it.
 *
 * The table has an item for each order, with { orderId, lines: [{ customer, sku, quantity }] }. It may have more members.
 */

import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { inOrder } from './in-order.ts';
import { eventIn } from './order-event.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ Records }: SQSEvent) => inOrder(Records, bill);

async function bill({ body, attributes }: SQSRecord): Promise<void> {
  const { orderId, ...line } = eventIn(body);
  // The queue's copy has the id that the publisher gave the event. The topic forgets it after five minutes; the bill does not.
  const id = attributes.MessageDeduplicationId;
  try {
    await documents.send(
      new ddb.TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName,
              Key: { orderId },
              // The line and the note that it is there are one write, and the condition is judged when it arrives, however late that is.
              UpdateExpression: 'SET #lines = list_append(if_not_exists(#lines, :none), :line) ADD seen :ids',
              ConditionExpression: 'NOT contains(seen, :id)',
              ExpressionAttributeNames: { '#lines': 'lines' },
              ExpressionAttributeValues: { ':none': [], ':line': [line], ':id': id, ':ids': new Set([id]) },
            },
          },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    // Another write was at work. What else cancels a transaction: the bill has this line, and that is no failure.
    if (error.CancellationReasons?.[0]?.Code === 'TransactionConflict') throw error;
  }
}
