/**
 * Stand-ins for the neighbours in the same account: checkout, and the functions of five teams.
 *
 * Each writes down what it has done and takes its time. The rest is their own affair: what counts here is the concurrency that they use, and that
 * is decided in the template.
 */

import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const workMs = Number(process.env.WORK_SECONDS) * 1_000;

/** A customer pays for a basket, or one of the five teams does one thing of many. */
export const work = async ({ item }: { readonly item: string }): Promise<object> => {
  await documents.send(new ddb.PutCommand({ TableName: process.env.TABLE_NAME, Item: { item } }));
  if (workMs > 0) await setTimeout(workMs);
  return { item, done: true };
};
