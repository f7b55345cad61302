/**
 * Sells one seat of a show, if one is left, and tells the buyer yes or no.
 *
 * A show is one item of the table: `{ id: 'opening-night', sold: 49 }`.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;
const SEATS = Number(process.env.SEATS);

export interface SellEvent {
  readonly show: string;
  readonly buyer: number;
}

export async function handler({ show }: SellEvent): Promise<{ sold: boolean }> {
  try {
    // The table looks and writes in one operation (DD-01), so no other buyer fits between the two.
    await documents.send(
      new UpdateCommand({
        TableName,
        Key: { id: show },
        UpdateExpression: 'ADD sold :one',
        ConditionExpression: 'attribute_not_exists(sold) OR sold < :seats',
        ExpressionAttributeValues: { ':one': 1, ':seats': SEATS },
      }),
    );
    return { sold: true };
  } catch (error) {
    // A condition that fails is an answer: the last seat went to another buyer. Every other error is one.
    if (error instanceof ConditionalCheckFailedException) return { sold: false };
    throw error;
  }
}
