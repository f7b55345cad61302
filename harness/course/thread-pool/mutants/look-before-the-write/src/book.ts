/**
 * Books each change of an order in the legacy system, and writes down the order's state with the reference that legacy gave it.
 *
 * The table has an item for each order: { orderId, version, customer, amount, reference }.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { EventBridgeEvent } from 'aws-lambda';
import { bookInLegacy, type Change } from './legacy.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ detail }: EventBridgeEvent<'OrderChanged', Change>): Promise<void> => {
  const { orderId, version, customer, amount } = detail;

  // The same key in every attempt, and in every event that tells the same state: legacy books it once. The event's own id would not
  // do, because a second event about one state has another one.
  const key = JSON.stringify([orderId, version]);
  const reference = await bookInLegacy({ key, orderId, version, customer, amount });

  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  if (Item !== undefined && Item.version >= version) return;
  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId, version, customer, amount, reference } }));
};
