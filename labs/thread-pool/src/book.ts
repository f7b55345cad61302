/**
 * Books each change of an order in the legacy system, and writes down the order's state with the reference that legacy gave it.
 *
 * The table has an item for each order: { orderId, version, customer, amount, reference }.
 */

import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';
import type { EventBridgeEvent } from 'aws-lambda';
import { bookInLegacy, type Change } from './legacy.ts';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const handler = async ({ detail }: EventBridgeEvent<'OrderChanged', Change>): Promise<void> => {
  const { orderId, version, customer, amount } = detail;

  // TODO (task 4): an event may come twice, and after an event that was sent later. Here legacy books it twice, and an older
  // state takes the place of a newer one.
  const key = randomUUID();
  const reference = await inPlace(() => bookInLegacy({ key, orderId, version, customer, amount }));
  await documents.send(new ddb.PutCommand({ TableName, Item: { orderId, version, customer, amount, reference } }));
};

/** A semaphore: as many places as legacy takes requests at once, and a queue of those who wait for one. It has tests, and it is right. */
let free = Number(process.env.LEGACY_CAPACITY);
const waiting: (() => void)[] = [];

async function inPlace<Result>(work: () => Promise<Result>): Promise<Result> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
