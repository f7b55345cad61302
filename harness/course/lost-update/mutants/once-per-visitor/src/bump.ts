/**
 * A wrong fix: a marker for each visitor, so that no click counts twice.
 * Each page counts its own visitors, and the marker takes two people for one.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ddb from '@aws-sdk/lib-dynamodb';

const documents = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export interface BumpEvent {
  /** Which counter; `notify-me` when nothing is said. */
  readonly counter?: string;
  /** Which of the visitors this is, counted by the page that called. */
  readonly visitor?: number;
}

export async function handler(event: BumpEvent): Promise<{ count: number }> {
  const Key = { id: event.counter ?? 'notify-me' };

  if (event.visitor !== undefined && !(await isNew(`${Key.id}#${event.visitor}`))) {
    const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key, ConsistentRead: true }));
    return { count: Item?.bumps ?? 0 };
  }
  const addOne = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };
  const added = await documents.send(new ddb.UpdateCommand({ TableName, Key, ...addOne, ReturnValues: 'ALL_NEW' }));
  return { count: added.Attributes?.bumps };
}

async function isNew(id: string): Promise<boolean> {
  try {
    const put = { TableName, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' };
    await documents.send(new ddb.PutCommand(put));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
