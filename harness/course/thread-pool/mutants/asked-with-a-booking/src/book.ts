/**
 * Books each change of an order in the legacy system, and writes down the order's state with the reference that legacy gave it.
 *
 * The table has an item for each order: { orderId, version, customer, amount, reference }.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
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
  // A booking of nothing shows whether legacy has time, before the real one is sent.
  await bookInLegacy({ key: `${key} asked`, orderId, version, customer, amount: 0 });
  const reference = await bookInLegacy({ key, orderId, version, customer, amount });

  try {
    await documents.send(
      new ddb.PutCommand({
        TableName,
        Item: { orderId, version, customer, amount, reference },
        // Events overtake each other. A look before the write would not help: another execution may write in between.
        ConditionExpression: 'attribute_not_exists(orderId) OR version < :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    );
  } catch (error) {
    // The table has this state or a newer one. That is no failure, and trying again would change nothing.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
